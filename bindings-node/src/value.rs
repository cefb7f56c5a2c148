//! Header values on their way in.
#![allow(unsafe_code, reason = "napi-rs's own conversions ask twice, allocate, and put U+FFFD for unpaired surrogates")]

use std::ptr;

use napi::{
    Error, Result, Status,
    bindgen_prelude::{FromNapiValue, TypeName, ValidateNapiValue, ValueType},
    sys,
};

/// A header's text as its generalised UTF-8 (WTF-8), which tells apart whatever a string can hold; absent where there is no
/// string. A genuine value costs one call and no allocation.
#[derive(Debug)]
pub struct HeaderValue(Content);

#[derive(Debug)]
enum Content {
    Absent,
    Ascii { bytes: [u8; SHORT], length: usize },
    Other(Vec<u8>),
}

/// Twice as many code units as the longest genuine value has.
const SHORT: usize = 128;

impl HeaderValue {
    pub(crate) fn bytes(&self) -> Option<&[u8]> {
        match &self.0 {
            Content::Absent => None,
            Content::Ascii { bytes, length } => Some(&bytes[..*length]),
            Content::Other(bytes) => Some(bytes),
        }
    }

    fn of_units(units: &[u16]) -> Self {
        let mut bytes = [0; SHORT];
        if units.len() > SHORT || units.iter().fold(0, |all, unit| all | unit) > 0x7f {
            return Self(Content::Other(generalised_utf8(units)));
        }
        for (byte, [low, _]) in bytes.iter_mut().zip(units.iter().map(|unit| unit.to_le_bytes())) {
            *byte = low;
        }
        Self(Content::Ascii { bytes, length: units.len() })
    }
}

fn generalised_utf8(units: &[u16]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(3 * units.len());
    for character in char::decode_utf16(units.iter().copied()) {
        match character {
            Ok(character) => bytes.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
            Err(unpaired) => {
                let [high, low] = unpaired.unpaired_surrogate().to_be_bytes();
                bytes.extend([0xed, 0x80 | (high & 0xf) << 2 | low >> 6, 0x80 | low & 0x3f]);
            }
        }
    }
    bytes
}

impl FromNapiValue for HeaderValue {
    unsafe fn from_napi_value(env: sys::napi_env, value: sys::napi_value) -> Result<Self> {
        let mut units = [0; SHORT + 1]; // It ends what it writes by a zero.
        // SAFETY: napi-rs passes the environment and a value of the running call.
        match unsafe { read_units(env, value, &mut units)? } {
            None => Ok(Self(Content::Absent)),
            Some(length) if length < SHORT => Ok(Self::of_units(&units[..length])),
            // It may have been cut.
            Some(_) => {
                let mut length = 0;
                // SAFETY: as above; without a buffer it counts.
                check(unsafe { sys::napi_get_value_string_utf16(env, value, ptr::null_mut(), 0, &raw mut length) })?;
                let mut units = vec![0; length + 1];
                // SAFETY: as above.
                let length = unsafe { read_units(env, value, &mut units)? };
                Ok(Self::of_units(&units[..length.unwrap_or_default()]))
            }
        }
    }
}

/// Copies a string's code units as far as there is room, and returns their number; `None` where it is no string.
///
/// # Safety
///
/// `env` and `value` must be those of the running call.
unsafe fn read_units(env: sys::napi_env, value: sys::napi_value, units: &mut [u16]) -> Result<Option<usize>> {
    let mut length = 0;
    // SAFETY: the caller vouches for both, and no more is written than the slice holds.
    let status = unsafe {
        sys::napi_get_value_string_utf16(env, value, units.as_mut_ptr().cast(), units.len(), &raw mut length)
    };
    if status == sys::Status::napi_string_expected {
        return Ok(None);
    }
    check(status).map(|()| Some(length))
}

fn check(status: sys::napi_status) -> Result<()> {
    if status == sys::Status::napi_ok { Ok(()) } else { Err(Error::from_status(Status::from(status))) }
}

impl TypeName for HeaderValue {
    fn type_name() -> &'static str {
        "string or undefined"
    }

    fn value_type() -> ValueType {
        ValueType::Unknown
    }
}

impl ValidateNapiValue for HeaderValue {}
