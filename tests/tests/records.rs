//! Typed records against what Twenty sends: every field of the newest version has a place, and older spellings fit.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use twenty_webhook::{
    Event, RecordError,
    records::{
        Actor, Address, AnyRecord, Attachment, Company, Currency, Emails, FileItem, FullName, Link, Links, Note,
        NumberAsSent, Opportunity, Person, Phone, Phones, RichText, Task, WorkspaceMember,
    },
};

fn read<T: DeserializeOwned>(record: &str) -> Result<T, RecordError> {
    Event::read(format!(r#"{{"eventName":"object.created","record":{record}}}"#).as_bytes()).record_as()
}

/// What every record of a standard object has.
const EVERY: &str = r#"
    "id": "20202020-1c25-4d02-bf25-6aeccf7ea419",
    "createdAt": "2026-11-24T18:57:19.761Z", "updatedAt": "2026-11-24T18:57:19.761Z", "deletedAt": null,
    "createdBy": {"source": "AGENT", "workspaceMemberId": null, "name": "", "context": {"agentId": "1"}},
    "updatedBy": {"source": "APPLICATION", "workspaceMemberId": null, "name": null, "context": null},
    "position": -1.5, "searchVector": "'ada':1A""#;

const LINKS: &str = r#"{
    "primaryLinkLabel": "", "primaryLinkUrl": "https://a.b", "secondaryLinks": [{"label": "c", "url": "https://c.d"}]
}"#;

fn newest(fields: &str) -> String {
    format!("{{{EVERY}, {}}}", fields.replace("LINKS", LINKS))
}

const PERSON: &str = r#"
    "name": {"firstName": "Ada", "lastName": "Łuczak"},
    "emails": {"primaryEmail": "a@b.c", "additionalEmails": ["d@e.f"]},
    "phones": {
        "primaryPhoneNumber": "612345678", "primaryPhoneCountryCode": "FR", "primaryPhoneCallingCode": "+33",
        "additionalPhones": [{"number": "1", "countryCode": "US", "callingCode": "+1"}]
    },
    "linkedinLink": LINKS, "xLink": null, "jobTitle": "", "city": null, "avatarUrl": "https://a.b/c",
    "avatarFile": [{"fileId": "1", "label": "a.png", "extension": ".png", "url": "https://a.b/c"}],
    "companyId": "2""#;
const COMPANY: &str = r#"
    "name": "A", "domainName": LINKS, "employees": 18400, "linkedinLink": LINKS, "xLink": LINKS,
    "annualRecurringRevenue": {"amountMicros": 1234567890123456, "currencyCode": "EUR"},
    "address": {
        "addressStreet1": "1", "addressStreet2": null, "addressCity": "", "addressPostcode": "2", "addressState": "3",
        "addressCountry": "4", "addressLat": 37.3964, "addressLng": -122.0276
    },
    "idealCustomerProfile": true, "accountOwnerId": null"#;
const OPPORTUNITY: &str = r#"
    "name": "A", "amount": {"amountMicros": null, "currencyCode": ""}, "closeDate": "2026-12-31T00:00:00.000Z",
    "stage": "PROPOSAL", "pointOfContactId": "1", "companyId": "2""#;
const TASK: &str = r#"
    "title": "A", "bodyV2": {"blocknote": "[]", "markdown": "a"}, "dueAt": null, "status": "TODO", "assigneeId": "1""#;
const NOTE: &str = r#""title": "", "bodyV2": {"blocknote": null, "markdown": null}"#;
const ATTACHMENT: &str = r#"
    "name": "a.pdf", "file": [{"fileId": "1", "label": "a.pdf", "extension": ".pdf"}],
    "fullPath": "attachment/a.pdf", "fileCategory": "TEXT_DOCUMENT",
    "targetTaskId": null, "targetNoteId": "1", "targetPersonId": null, "targetCompanyId": null,
    "targetOpportunityId": null, "targetDashboardId": null, "targetWorkflowId": null"#;
const WORKSPACE_MEMBER: &str = r#"
    "name": {"firstName": "Tim", "lastName": "Apple"}, "colorScheme": "System", "locale": "en", "avatarUrl": null,
    "userEmail": "a@b.c", "userId": "1", "timeZone": "system", "dateFormat": "SYSTEM", "timeFormat": "HOUR_24",
    "numberFormat": "SYSTEM", "calendarStartDay": 7"#;

/// Reads the newest record of its type, and checks that every key has a field.
macro_rules! whole {
    ($type:ty, $fields:expr) => {{
        let record: $type = read(&newest($fields))?;
        assert_eq!(record.custom, Map::new());
        assert_eq!(record.id.as_deref(), Some("20202020-1c25-4d02-bf25-6aeccf7ea419"));
        assert_eq!((record.position, record.search_vector.as_deref()), (Some(-1.5), Some("'ada':1A")));
        let source = |actor: &Option<Actor>| actor.as_ref().and_then(|actor| actor.source.clone());
        assert_eq!(source(&record.created_by).as_deref(), Some("AGENT"));
        assert_eq!(source(&record.updated_by).as_deref(), Some("APPLICATION"));
        record
    }};
}

#[test]
fn the_newest_records_have_a_field_for_each_key() -> Result<(), RecordError> {
    let person = whole!(Person, PERSON);
    let text = |text: &str| Some(text.to_owned());
    let of = |file: &FileItem| [&file.file_id, &file.label, &file.extension, &file.url].map(Clone::clone);
    let avatar = person.avatar_file.unwrap_or_default().iter().map(of).collect::<Vec<_>>();
    assert_eq!(avatar, [[text("1"), text("a.png"), text(".png"), text("https://a.b/c")]]);
    let company = whole!(Company, COMPANY);
    assert_eq!((company.employees, company.account_owner_id), (Some(18_400.0), None));
    let opportunity = whole!(Opportunity, OPPORTUNITY);
    assert_eq!(opportunity.point_of_contact_id.as_deref(), Some("1"));
    let task = whole!(Task, TASK);
    assert_eq!(task.body_v2.and_then(|body| body.markdown).as_deref(), Some("a"));
    assert_eq!(whole!(Note, NOTE).title.as_deref(), Some(""));
    let attachment = whole!(Attachment, ATTACHMENT);
    assert_eq!(attachment.file.map(|files| files.len()), Some(1));
    assert_eq!((attachment.target_note_id.as_deref(), attachment.target_task_id), (Some("1"), None));
    assert_eq!(attachment.file_category.as_deref(), Some("TEXT_DOCUMENT"));
    let member = whole!(WorkspaceMember, WORKSPACE_MEMBER);
    assert_eq!((member.calendar_start_day, member.user_email.as_deref()), (Some(7.0), Some("a@b.c")));
    Ok(())
}

#[test]
fn any_field_may_be_null_or_missing() -> anyhow::Result<()> {
    fn check<T: DeserializeOwned + Default + PartialEq>(fields: &str) -> anyhow::Result<()> {
        let record: Map<String, Value> = serde_json::from_str(&newest(fields))?;
        let nulls: Map<_, _> = record.into_iter().map(|(key, _)| (key, Value::Null)).collect();
        anyhow::ensure!(read::<T>(&serde_json::to_string(&nulls)?)? == T::default(), "null: {fields}");
        anyhow::ensure!(read::<T>("{}")? == T::default(), "missing: {fields}");
        Ok(())
    }
    check::<Person>(PERSON)?;
    check::<Company>(COMPANY)?;
    check::<Opportunity>(OPPORTUNITY)?;
    check::<Task>(TASK)?;
    check::<Note>(NOTE)?;
    check::<Attachment>(ATTACHMENT)?;
    check::<WorkspaceMember>(WORKSPACE_MEMBER)
}

#[test]
fn older_spellings_fit() -> Result<(), RecordError> {
    let company: Company = read(
        r#"{
            "__typename": "Company", "id": "1", "employees": 1e2,
            "people": {"edges": [], "__typename": "PersonConnection"},
            "annualRecurringRevenue": {"__typename": "Currency", "amountMicros": "1500000", "currencyCode": "EUR"},
            "address": {"__typename": "Address", "addressLat": "5.2360", "addressLng": "-52.7686"}
        }"#,
    )?;
    assert_eq!(company.employees, Some(100.0));
    let micros = company.annual_recurring_revenue.and_then(|revenue| revenue.amount_micros);
    assert_eq!(micros.as_ref().map(NumberAsSent::as_str), Some("1500000"));
    let latitude = company.address.and_then(|address| address.address_lat);
    assert_eq!(latitude.map(|latitude| (latitude.is_text(), latitude.as_f64())), Some((true, Some(5.236))));
    assert_eq!(company.custom.keys().collect::<Vec<_>>(), ["__typename", "people"]);

    let attachment: Attachment = read(r#"{"name": "a", "type": "TextDocument", "authorId": "1", "noteId": "2"}"#)?;
    assert_eq!(attachment.r#type.as_deref(), Some("TextDocument"));
    assert_eq!(attachment.custom.keys().collect::<Vec<_>>(), ["authorId", "noteId"]);
    Ok(())
}

/// The standard library's parser gives up on exponents beyond 655,360, and takes words for numbers.
#[test]
fn an_amount_of_more_zeros_than_the_standard_library_counts_has_its_value() -> Result<(), RecordError> {
    let zeros = "0".repeat(655_361);
    for (text, value) in [
        (format!("1{zeros}e-655361"), Some(1.0)),
        (format!("-0.{zeros}1e655362"), Some(-1.0)),
        ("1e400".to_owned(), Some(f64::INFINITY)),
        ("inf".to_owned(), None),
        ("NaN".to_owned(), None),
        ("1.5 ".to_owned(), None),
        (String::new(), None),
    ] {
        let sent: Company = read(&format!(r#"{{"annualRecurringRevenue": {{"amountMicros": "{text}"}}}}"#))?;
        let amount = sent.annual_recurring_revenue.and_then(|revenue| revenue.amount_micros);
        assert_eq!(amount.and_then(|amount| amount.as_f64()), value, "{}", &text[..text.len().min(20)]);
    }
    Ok(())
}

/// A custom object may have fields of these names, of any type.
#[test]
fn a_record_of_any_object_is_held_to_what_every_record_has() -> Result<(), RecordError> {
    let record: AnyRecord = read(r#"{"id": "1", "position": "in orbit", "createdBy": 7, "searchVector": []}"#)?;
    assert_eq!(record.id.as_deref(), Some("1"));
    assert_eq!(record.custom.len(), 3);
    Ok(())
}

#[test]
fn debug_shows_an_id_at_most() -> Result<(), RecordError> {
    let attachment: Attachment = read(r#"{"id": "7", "name": "secret.pdf", "file": [{"label": "secret.pdf"}]}"#)?;
    assert_eq!(format!("{attachment:?}"), r#"Attachment { id: Some("7"), .. }"#);
    assert_eq!(format!("{:?}", attachment.file), "Some([FileItem { .. }])");
    for (shown, expected) in [
        (format!("{:?}", Person::default()), "Person { id: None, .. }"),
        (format!("{:?}", Company::default()), "Company { id: None, .. }"),
        (format!("{:?}", Opportunity::default()), "Opportunity { id: None, .. }"),
        (format!("{:?}", Task::default()), "Task { id: None, .. }"),
        (format!("{:?}", Note::default()), "Note { id: None, .. }"),
        (format!("{:?}", Attachment::default()), "Attachment { id: None, .. }"),
        (format!("{:?}", WorkspaceMember::default()), "WorkspaceMember { id: None, .. }"),
        (format!("{:?}", AnyRecord::default()), "AnyRecord { id: None, .. }"),
        (format!("{:?}", FullName::default()), "FullName { .. }"),
        (format!("{:?}", Emails::default()), "Emails { .. }"),
        (format!("{:?}", Phones::default()), "Phones { .. }"),
        (format!("{:?}", Phone::default()), "Phone { .. }"),
        (format!("{:?}", Links::default()), "Links { .. }"),
        (format!("{:?}", Link::default()), "Link { .. }"),
        (format!("{:?}", Currency::default()), "Currency { .. }"),
        (format!("{:?}", Address::default()), "Address { .. }"),
        (format!("{:?}", Actor::default()), "Actor { .. }"),
        (format!("{:?}", RichText::default()), "RichText { .. }"),
        (format!("{:?}", FileItem::default()), "FileItem { .. }"),
    ] {
        assert_eq!(shown, expected);
    }
    Ok(())
}
