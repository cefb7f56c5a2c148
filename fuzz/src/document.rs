//! Documents that are nearly always JSON and lean on what is hard about it: spellings of numbers, escapes and unpaired
//! surrogates, keys that look like indices or are repeated, white space everywhere, nesting near the limit.

mod words;

use std::fmt;

use arbitrary::{Arbitrary, Result, Unstructured};
use words::{INDICES, KEYS, PIECES};

pub struct Document(pub Vec<u8>);

impl<'a> Arbitrary<'a> for Document {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let mut printer = Printer { u, out: String::new() };
        printer.value(6)?;
        printer.white()?;
        let Printer { u, out } = printer;
        let mut bytes = out.into_bytes();
        if u.ratio(1, 8)? {
            damage(u, &mut bytes)?;
        }
        Ok(Self(bytes))
    }
}

impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Document({})", self.0.escape_ascii())
    }
}

/// Cuts the document off, or replaces one byte.
fn damage(u: &mut Unstructured<'_>, bytes: &mut Vec<u8>) -> Result<()> {
    let at = u.choose_index(bytes.len())?;
    if u.arbitrary()? {
        bytes.truncate(at);
    } else {
        bytes[at] = u.arbitrary()?;
    }
    Ok(())
}

pub(crate) struct Printer<'u, 'a> {
    pub(crate) u: &'u mut Unstructured<'a>,
    pub(crate) out: String,
}

impl Printer<'_, '_> {
    /// Prints a value with at most `height` levels of varied content.
    pub(crate) fn value(&mut self, height: u32) -> Result<()> {
        self.white()?;
        if self.u.is_empty() {
            self.out.push('0');
            return Ok(());
        }
        match self.u.int_in_range(0..=if height > 0 { 8 } else { 4 })? {
            0 => self.out.push_str(self.u.choose(&["null", "true", "false"])?),
            1 | 2 => self.number()?,
            3 | 4 => self.string()?,
            5 => self.list('[', ']', |printer| printer.value(height - 1))?,
            6 | 7 => self.list('{', '}', |printer| printer.member(height - 1))?,
            _ => self.tower(height - 1)?,
        }
        Ok(())
    }

    pub(crate) fn list(&mut self, open: char, close: char, item: impl Fn(&mut Self) -> Result<()>) -> Result<()> {
        self.out.push(open);
        for index in 0..self.u.int_in_range(0..=12)? {
            if index > 0 {
                self.white()?;
                self.out.push(',');
            }
            item(self)?;
        }
        self.white()?;
        self.out.push(close);
        Ok(())
    }

    fn member(&mut self, height: u32) -> Result<()> {
        self.white()?;
        match self.u.int_in_range(0..=5)? {
            0 | 1 => self.push_quoted(KEYS)?,
            2 => self.push_quoted(INDICES)?,
            3 => {
                let index = self.u.arbitrary::<u32>()? >> self.u.int_in_range(0..=31)?;
                self.out.push_str(&format!("\"{index}\""));
            }
            4 => {
                // Alike in length and at both ends.
                let middle: u8 = self.u.arbitrary()?;
                self.out.push_str(&format!("\"samehead{middle:03}sametail\""));
            }
            _ => self.string()?,
        }
        self.white()?;
        self.out.push(':');
        self.value(height)
    }

    /// Nests deeply, each level alike, up to and beyond the limit.
    fn tower(&mut self, height: u32) -> Result<()> {
        const STOREYS: &[(&str, &str)] = &[
            ("[", "]"),
            (r#"{"a":"#, "}"),
            (r#"{"b":"#, r#","1":0}"#),
            (r#"{"c":0,"d":1,"c":"#, "}"),
            ("[0, ", " ,1]"),
        ];
        let (open, close) = self.u.choose(STOREYS)?;
        let levels = *self.u.choose(&[2, 31, 63, 64, 65, 255, 1018, 1023, 1024, 1025])?;
        self.out.push_str(&open.repeat(levels));
        self.value(height)?;
        self.out.push_str(&close.repeat(levels));
        Ok(())
    }

    fn number(&mut self) -> Result<()> {
        if self.u.arbitrary()? {
            let double = f64::from_bits(self.u.arbitrary()?);
            if double.is_finite() {
                let text = match self.u.int_in_range(0..=3)? {
                    0 => format!("{double}"),
                    1 => format!("{double:e}"),
                    2 => format!("{double:.17E}"),
                    _ => format!("{double:.3}"),
                };
                self.out.push_str(&text);
                return Ok(());
            }
        }
        self.out.push_str(self.u.choose(&["", "", "-"])?);
        self.digits(18)?;
        if self.u.arbitrary()? {
            self.out.push('.');
            self.out.push_str(self.u.choose(&["", "0", "00000", "000000"])?);
            self.digits(20)?;
            self.out.push_str(self.u.choose(&["", "0"])?);
        }
        if self.u.ratio(1, 3)? {
            self.out.push_str(self.u.choose(&["e", "E", "e+", "e-", "E+00"])?);
            let exponent = self.u.int_in_range(0..=400)?;
            self.out.push_str(&exponent.to_string());
        }
        Ok(())
    }

    fn digits(&mut self, most: u32) -> Result<()> {
        let bound = 10_u64.saturating_pow(self.u.int_in_range(1..=most)?);
        let digits = self.u.int_in_range(0..=bound)?;
        self.out.push_str(&digits.to_string());
        Ok(())
    }

    pub(crate) fn string(&mut self) -> Result<()> {
        self.out.push('"');
        for _ in 0..self.u.int_in_range(0..=8)? {
            match self.u.int_in_range(0..=4)? {
                0 => self.out.push_str(self.u.choose(PIECES)?),
                1 => {
                    let unit: u16 = self.u.arbitrary()?;
                    let escape = if self.u.arbitrary()? { format!("\\u{unit:04x}") } else { format!("\\u{unit:04X}") };
                    self.out.push_str(&escape);
                }
                2 => {
                    // A surrogate, perhaps of a pair, perhaps the wrong way round.
                    let unit = self.u.int_in_range(0xd800..=0xdfff_u16)?;
                    self.out.push_str(&format!("\\u{unit:04x}"));
                }
                3 => self
                    .out
                    .extend(self.u.arbitrary::<char>().ok().filter(|c| !matches!(c, '"' | '\\' | '\0'..='\u{1f}'))),
                _ => {
                    let run = self.u.int_in_range(0..=40)?;
                    self.out.push_str(&"ordinary text, long enough for any stride"[..run]);
                }
            }
        }
        self.out.push('"');
        Ok(())
    }

    pub(crate) fn push_quoted(&mut self, keys: &[&str]) -> Result<()> {
        let key = self.u.choose(keys)?;
        self.out.push('"');
        self.out.push_str(key);
        self.out.push('"');
        Ok(())
    }

    pub(crate) fn white(&mut self) -> Result<()> {
        if self.u.ratio(1, 6)? {
            self.out.push_str(self.u.choose(&[" ", "\n", "\t", "\r", "\r\n    ", "  "])?);
        }
        Ok(())
    }
}
