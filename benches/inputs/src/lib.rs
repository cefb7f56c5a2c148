//! Deterministic inputs as Twenty sends them, the same for the benches of every language. Their letters are Latin-1: V8
//! keeps such text in one byte a character, which is its best case.

mod records;

use std::fmt::Write;

pub use records::Random;
use records::{company, opportunity, person, uuid};

/// The smallest genuine event: a record that could no longer be read when it was destroyed by the system.
pub const SMALLEST_EVENT_BYTES: usize = 360;

/// The sizes at which a verification is measured.
pub const EVENT_BYTES: [usize; 4] = [SMALLEST_EVENT_BYTES, 2_000, 20_000, 200_000];

/// The texts whose canonical form is measured, by name.
pub fn canonical_texts() -> [(&'static str, String); 4] {
    let [person, records] = [person_event(1_400), records(100_000)];
    [("person", person), ("records", records), ("batch", batch(100_000)), ("numbers", numbers(40_000))]
}

/// A person event of exactly so many bytes. What makes real ones large is long text: rich text, which is JSON inside a
/// string, and the search vector.
pub fn person_event(bytes: usize) -> String {
    if bytes == SMALLEST_EVENT_BYTES {
        return smallest_event();
    }
    let event = |paragraphs, filling: &str| {
        let mut random = Random::new(1);
        let ids: [String; 5] = std::array::from_fn(|_| uuid(&mut random));
        let [object, workspace, webhook, user, member] = ids;
        let record = person(&mut random, paragraphs, filling);
        format!(
            r#"{{"targetUrl":"https://receiver.example/twenty","eventName":"person.updated","objectMetadata":{{"id":"{object}","nameSingular":"person"}},"workspaceId":"{workspace}","webhookId":"{webhook}","eventDate":"2025-03-04T10:11:12.345Z","userId":"{user}","workspaceMemberId":"{member}","record":{record},"updatedFields":["jobTitle"]}}"#
        )
    };
    let mut paragraphs = 0;
    while event(paragraphs + 1, "").len() <= bytes {
        paragraphs += 1;
    }
    let missing = bytes.checked_sub(event(paragraphs, "").len()).expect("a size a person event can have");
    let event = event(paragraphs, &search_vector(missing));
    assert_eq!(event.len(), bytes);
    event
}

fn smallest_event() -> String {
    let mut random = Random::new(2);
    let ids: [String; 3] = std::array::from_fn(|_| uuid(&mut random));
    let [object, workspace, webhook] = ids;
    let event = format!(
        r#"{{"targetUrl":"https://automation.receiver.example/integrations/webhooks/twenty/events","eventName":"person.destroyed","objectMetadata":{{"id":"{object}","nameSingular":"person"}},"workspaceId":"{workspace}","webhookId":"{webhook}","eventDate":"2025-03-04T10:11:12.345Z","record":{{}}}}"#
    );
    assert_eq!(event.len(), SMALLEST_EVENT_BYTES);
    event
}

/// An array of records of several objects, of at least so many bytes.
pub fn records(bytes: usize) -> String {
    let mut random = Random::new(3);
    array(bytes, |index| match index % 3 {
        0 => person(&mut random, index % 2, "'ada':1A 'analyst':3 'london':4"),
        1 => company(&mut random),
        _ => opportunity(&mut random),
    })
}

/// An array of records that are little but coordinates and amounts, of at least so many bytes. Of coordinates that came
/// out of arithmetic, as a quarter did here, doubles are printed with 15 to 17 digits.
pub fn batch(bytes: usize) -> String {
    let mut random = Random::new(6);
    array(bytes, |index| {
        let position = random.below(1_000);
        let amount = random.below(10_000_000_000_000);
        let [latitude, longitude] = [90.0, 180.0]
            .map(|most| if index % 4 == 0 { format!("{}", most * random.unit()) } else { coordinate(&mut random) });
        let id = uuid(&mut random);
        format!(
            r#"{{"id":"{id}","position":{position}.5,"amount":{{"amountMicros":{amount},"currencyCode":"EUR"}},"address":{{"addressCity":"Orléans","addressLat":{latitude},"addressLng":-{longitude}}}}}"#
        )
    })
}

/// An array of the numbers records are made of, and the hard ones: integers, prices, coordinates of 6 or 7 decimals,
/// doubles of 16 or 17 digits, exponents.
pub fn numbers(bytes: usize) -> String {
    let mut random = Random::new(4);
    array(bytes, |index| match index % 5 {
        0 => format!("{}", random.below(10_000_000)),
        1 => format!("{}.{}", random.below(100_000), 1 + random.below(9)),
        2 => coordinate(&mut random),
        3 => format!("{}", random.unit()),
        _ if index % 2 == 0 => format!("{:e}", random.unit() * 1e-9),
        _ => format!("{:e}", (1.0 + random.unit()) * 1e30).replace('e', "e+"),
    })
}

/// An array of doubles with 17 significant digits each, of at least so many bytes.
pub fn long_numbers(bytes: usize) -> String {
    let mut random = Random::new(5);
    array(bytes, |_| format!("{:.16e}", 1.0 + 8.0 * random.unit()).replace("e0", ""))
}

/// The same text as an editor or a proxy shows it, indented by two blanks.
pub fn pretty(compact: &str) -> String {
    let mut text = String::new();
    let (mut depth, mut in_string, mut escaped) = (0, false, false);
    let line = |text: &mut String, depth: usize| write!(text, "\n{:1$}", "", 2 * depth).expect("memory");
    for character in compact.chars() {
        if in_string {
            text.push(character);
            in_string = escaped || character != '"';
            escaped = !escaped && character == '\\';
            continue;
        }
        match character {
            '{' | '[' => {
                text.push(character);
                depth += 1;
                line(&mut text, depth);
            }
            '}' | ']' => {
                depth -= 1;
                line(&mut text, depth);
                text.push(character);
            }
            ',' => {
                text.push(character);
                line(&mut text, depth);
            }
            ':' => text.push_str(": "),
            _ => {
                in_string = character == '"';
                text.push(character);
            }
        }
    }
    text
}

/// A size for a name: 0.36, 1.4, 2, 200.
pub fn kilobytes(bytes: usize) -> f64 {
    u32::try_from(bytes).map_or(f64::NAN, f64::from) / 1000.0
}

/// A JSON array of at least so many bytes.
fn array(bytes: usize, mut element: impl FnMut(usize) -> String) -> String {
    let mut text = String::from("[");
    let mut index = 0;
    while text.len() < bytes {
        text.push_str(&element(index));
        text.push(',');
        index += 1;
    }
    text.pop();
    text.push(']');
    text
}

fn coordinate(random: &mut Random) -> String {
    // The last digit is not 0, so that the text is the number's shortest.
    format!("{}.{:06}{}", random.below(180), random.below(1_000_000), 1 + random.below(9))
}

fn search_vector(bytes: usize) -> String {
    let lexemes = (1..).map(|index| format!("'term{index}':{index} "));
    let mut text = String::new();
    for lexeme in lexemes.take(bytes) {
        text.push_str(&lexeme);
    }
    text.truncate(bytes);
    text
}
