//! An event for serde.

use serde::{
    Serialize, Serializer,
    ser::{Error, SerializeStruct},
};
use serde_json::value::RawValue;

use super::{Event, json::Value};
use crate::json::unescape;

/// The fields of [`Event::to_json`] under the same names, `null` where absent. With serde_json the values of the record keep the
/// digits that were sent; in a text that has an unpaired surrogate U+FFFD takes its place.
///
/// # Example
///
/// ```
/// use serde_json::{json, to_value};
/// use twenty_webhook::Event;
///
/// let event = Event::read(br#"{"eventName":"create.person","record":{"id":"7"},"updatedFields":["city"]}"#);
/// let value = to_value(&event)?;
/// assert_eq!((&value["name"], &value["record"]), (&json!("person.created"), &json!({"id": "7"})));
/// assert_eq!((&value["updatedFields"], &value["userId"]), (&json!(["city"]), &json!(null)));
/// # Ok::<(), serde_json::Error>(())
/// ```
impl Serialize for Event<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Event", Self::NAMES.len())?;
        for (name, value) in Self::NAMES.into_iter().zip(self.fields()) {
            match value {
                Value::Null => fields.serialize_field(name, &None::<()>)?,
                Value::Text(text) if text.is_plain() => fields.serialize_field(name, text.contents())?,
                Value::Text(text) => fields.serialize_field(name, &unescape(text.contents()))?,
                Value::Json(json) => {
                    let value: &RawValue = serde_json::from_str(json).map_err(S::Error::custom)?;
                    fields.serialize_field(name, value)?;
                }
            }
        }
        fields.end()
    }
}
