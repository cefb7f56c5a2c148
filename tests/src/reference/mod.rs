//! `JSON.stringify(JSON.parse(text))`, by the book: a recursive descent to a tree, the tree printed. No step is clever.

mod print;

pub use print::print;

/// Why a text is refused, and the offset in bytes: how much of it could have been the beginning of an acceptable one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    NotUtf8(usize),
    NotJson(usize),
    TooDeep(usize),
}

#[derive(Clone)]
pub enum Value {
    /// `null`, `true` or `false`.
    Literal(&'static str),
    Number(f64),
    String(Units),
    Array(Vec<Value>),
    /// In the order of ECMAScript's own property keys, each once.
    Object(Vec<(Units, Value)>),
}

/// UTF-16 code units: ECMAScript's strings may hold unpaired surrogates.
pub type Units = Vec<u16>;

pub fn canonicalize(json: &[u8]) -> Result<String, Refusal> {
    let mut out = String::new();
    print(&parse(json, 1024)?, &mut out);
    Ok(out)
}

/// Nesting counts as it is written, also in what a repeated key takes back.
pub fn parse(json: &[u8], max_depth: usize) -> Result<Value, Refusal> {
    let text = std::str::from_utf8(json).map_err(|error| Refusal::NotUtf8(error.valid_up_to()))?;
    let mut reader = Reader { text, at: 0, max_depth };
    let value = reader.value(1)?;
    reader.white();
    if reader.peek().is_some() { reader.refuse() } else { Ok(value) }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    max_depth: usize,
}

impl Reader<'_> {
    /// Reads a value; `level` is the one that a bracket here would open.
    fn value(&mut self, level: usize) -> Result<Value, Refusal> {
        self.white();
        match self.peek() {
            Some('[' | '{') if level > self.max_depth => Err(Refusal::TooDeep(self.at)),
            Some('[') => self.list(']', |reader| reader.value(level + 1)).map(Value::Array),
            Some('{') => {
                self.list('}', |reader| reader.member(level + 1)).map(|members| Value::Object(ordered(members)))
            }
            Some('"') => self.string().map(Value::String),
            Some('-' | '0'..='9') => self.number().map(Value::Number),
            Some('n') => self.literal("null"),
            Some('t') => self.literal("true"),
            Some('f') => self.literal("false"),
            _ => self.refuse(),
        }
    }

    fn list<T>(&mut self, close: char, item: impl Fn(&mut Self) -> Result<T, Refusal>) -> Result<Vec<T>, Refusal> {
        self.at += 1;
        self.white();
        let mut items = Vec::new();
        if self.take(close) {
            return Ok(items);
        }
        loop {
            items.push(item(self)?);
            self.white();
            if self.take(close) {
                return Ok(items);
            }
            self.expect(',')?;
        }
    }

    fn member(&mut self, level: usize) -> Result<(Units, Value), Refusal> {
        self.white();
        if self.peek() != Some('"') {
            return self.refuse();
        }
        let key = self.string()?;
        self.white();
        self.expect(':')?;
        Ok((key, self.value(level)?))
    }

    fn string(&mut self) -> Result<Units, Refusal> {
        self.expect('"')?;
        let mut units = Units::new();
        loop {
            match self.peek() {
                Some('"') => break,
                Some('\\') => units.push(self.escape()?),
                Some(character) if character >= ' ' => {
                    self.at += character.len_utf8();
                    units.extend(character.encode_utf16(&mut [0; 2]).iter());
                }
                _ => return self.refuse(),
            }
        }
        self.expect('"')?;
        Ok(units)
    }

    fn escape(&mut self) -> Result<u16, Refusal> {
        self.expect('\\')?;
        let Some(letter) = self.peek() else { return self.refuse() };
        let unit = match letter {
            '"' | '\\' | '/' => letter as u16,
            'b' => 8,
            'f' => 12,
            'n' => 10,
            'r' => 13,
            't' => 9,
            'u' => {
                self.at += 1;
                let mut unit = 0;
                for _ in 0..4 {
                    let Some(digit) = self.peek().and_then(|digit| digit.to_digit(16)) else { return self.refuse() };
                    unit = unit * 16 + digit;
                    self.at += 1;
                }
                return Ok(u16::try_from(unit).expect("four digits"));
            }
            _ => return self.refuse(),
        };
        self.at += 1;
        Ok(unit)
    }

    fn number(&mut self) -> Result<f64, Refusal> {
        let start = self.at;
        self.take('-');
        if !self.take('0') {
            self.digits()?;
        }
        if self.take('.') {
            self.digits()?;
        }
        if self.take('e') || self.take('E') {
            if !self.take('+') {
                self.take('-');
            }
            self.digits()?;
        }
        Ok(self.text[start..self.at].parse().expect("a number"))
    }

    fn digits(&mut self) -> Result<(), Refusal> {
        let start = self.at;
        while self.peek().is_some_and(|digit| digit.is_ascii_digit()) {
            self.at += 1;
        }
        if self.at == start { self.refuse() } else { Ok(()) }
    }

    fn literal(&mut self, word: &'static str) -> Result<Value, Refusal> {
        word.chars().try_for_each(|letter| self.expect(letter))?;
        Ok(Value::Literal(word))
    }

    fn white(&mut self) {
        while matches!(self.peek(), Some(' ' | '\t' | '\n' | '\r')) {
            self.at += 1;
        }
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn take(&mut self, character: char) -> bool {
        let found = self.peek() == Some(character);
        self.at += if found { character.len_utf8() } else { 0 };
        found
    }

    fn expect(&mut self, character: char) -> Result<(), Refusal> {
        if self.take(character) { Ok(()) } else { self.refuse() }
    }

    fn refuse<T>(&self) -> Result<T, Refusal> {
        Err(Refusal::NotJson(self.at))
    }
}

/// A repeated key keeps its first place and its last value; then array indices go first, ascending.
fn ordered(members: Vec<(Units, Value)>) -> Vec<(Units, Value)> {
    let mut object: Vec<(Units, Value)> = Vec::new();
    for (key, value) in members {
        match object.iter_mut().find(|(other, _)| *other == key) {
            Some((_, place)) => *place = value,
            None => object.push((key, value)),
        }
    }
    object.sort_by_key(|(key, _)| array_index(key).unwrap_or(u32::MAX));
    object
}

/// ECMA-262 section 6.1.7: the decimal text, as it would be printed, of an integer from 0 to 2^32 - 2.
fn array_index(key: &[u16]) -> Option<u32> {
    let text = String::from_utf16(key).ok()?;
    let index: u32 = text.parse().ok()?;
    (index.to_string() == text && index < u32::MAX).then_some(index)
}
