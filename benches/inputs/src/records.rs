//! Records of standard objects, with their composite fields.

/// One person. `paragraphs` is the length of the rich text, none of which is null.
pub fn person(random: &mut Random, paragraphs: usize, search_vector: &str) -> String {
    let (id, member, company) = (uuid(random), uuid(random), uuid(random));
    let (first, last) = (random.pick(FIRST_NAMES), random.pick(LAST_NAMES));
    let handle = random.below(10_000);
    let (blocknote, markdown) = rich_text(random, paragraphs);
    format!(
        r#"{{"id":"{id}","createdAt":"2024-11-05T08:30:00.120Z","updatedAt":"2025-03-04T10:11:12.345Z","deletedAt":null,"name":{{"firstName":"{first}","lastName":"{last}"}},"emails":{{"primaryEmail":"p{handle}@mail.example","additionalEmails":[]}},"phones":{{"primaryPhoneNumber":"555{handle:04}","primaryPhoneCountryCode":"FR","primaryPhoneCallingCode":"+33","additionalPhones":[]}},"linkedinLink":{{"primaryLinkLabel":"","primaryLinkUrl":"","secondaryLinks":[]}},"jobTitle":"Ingénieure","city":"Orléans","avatarUrl":"","position":-{handle}.5,"createdBy":{{"source":"MANUAL","workspaceMemberId":"{member}","name":"Ada","context":{{}}}},"companyId":"{company}","bio":{{"blocknote":{blocknote},"markdown":{markdown}}},"searchVector":"{search_vector}"}}"#
    )
}

pub fn company(random: &mut Random) -> String {
    let (id, owner) = (uuid(random), uuid(random));
    let name = random.pick(LAST_NAMES);
    let (employees, revenue) = (random.below(50_000), random.below(9_000_000_000_000));
    let (latitude, longitude) = (random.below(900_000), random.below(9_000_000));
    format!(
        r#"{{"id":"{id}","createdAt":"2024-11-05T08:30:00.120Z","updatedAt":"2025-03-04T10:11:12.345Z","deletedAt":null,"name":"{name} & Söhne","domainName":{{"primaryLinkLabel":"","primaryLinkUrl":"https://company.example/a?b=c","secondaryLinks":null}},"employees":{employees},"annualRecurringRevenue":{{"amountMicros":{revenue},"currencyCode":"EUR"}},"address":{{"addressStreet1":"12 Rue de l'Été","addressStreet2":null,"addressCity":"Orléans","addressPostcode":"45000","addressState":"","addressCountry":"France","addressLat":48.{latitude:06}1,"addressLng":-1.{longitude:07}3}},"idealCustomerProfile":true,"position":{employees}.25,"createdBy":{{"source":"API","workspaceMemberId":null,"name":"Import","context":null}},"accountOwnerId":"{owner}"}}"#
    )
}

pub fn opportunity(random: &mut Random) -> String {
    let (id, contact, company) = (uuid(random), uuid(random), uuid(random));
    let (amount, stage) = (random.below(900_000_000_000), random.pick(&["NEW", "SCREENING", "PROPOSAL", "CUSTOMER"]));
    format!(
        r#"{{"id":"{id}","createdAt":"2025-01-15T16:45:10.001Z","updatedAt":"2025-03-04T10:11:12.345Z","deletedAt":null,"name":"Renewal \"north\" region","amount":{{"amountMicros":{amount},"currencyCode":"USD"}},"closeDate":"2025-06-30T00:00:00.000Z","stage":"{stage}","position":0,"createdBy":{{"source":"WORKFLOW","workspaceMemberId":null,"name":"","context":{{}}}},"pointOfContactId":"{contact}","companyId":"{company}"}}"#
    )
}

/// The editor's blocks as JSON inside a string, and the same as Markdown with its line ends.
fn rich_text(random: &mut Random, paragraphs: usize) -> (String, String) {
    if paragraphs == 0 {
        return ("null".to_owned(), "null".to_owned());
    }
    let (mut blocks, mut markdown) = (Vec::new(), Vec::new());
    for _ in 0..paragraphs {
        let (id, text) = (uuid(random), sentence(random));
        blocks.push(format!(
            r#"{{\"id\":\"{id}\",\"type\":\"paragraph\",\"props\":{{\"textColor\":\"default\"}},\"content\":[{{\"type\":\"text\",\"text\":\"{text}\",\"styles\":{{}}}}],\"children\":[]}}"#
        ));
        markdown.push(text);
    }
    (format!(r#""[{}]""#, blocks.join(",")), format!(r#""{}""#, markdown.join(r"\n\n")))
}

fn sentence(random: &mut Random) -> String {
    let words: Vec<&str> = (0..20).map(|_| random.pick(WORDS)).collect();
    words.join(" ")
}

pub fn uuid(random: &mut Random) -> String {
    let [a, b] = [random.bits(), random.bits()];
    format!(
        "{:08x}-{:04x}-4{:03x}-a{:03x}-{:012x}",
        a >> 32,
        a & 0xffff,
        a >> 16 & 0xfff,
        b >> 52,
        b & 0xffff_ffff_ffff
    )
}

const FIRST_NAMES: &[&str] = &["Zoë", "André", "Jürgen", "Ada", "Grace", "José"];
const LAST_NAMES: &[&str] = &["Lefèvre", "Müller", "Hopper", "Lovelace", "Núñez", "O'Neill"];
const WORDS: &[&str] =
    &["the", "customer", "asked", "for", "a", "renewal", "before", "summer;", "café", "meeting", "noted", "budget"];

/// Marsaglia's xorshift64*: the same inputs on every machine.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    pub fn bits(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    pub fn below(&mut self, bound: u64) -> u64 {
        self.bits() % bound
    }

    /// A double from 0 to 1.
    #[allow(clippy::cast_precision_loss, reason = "53 bits fit")]
    pub fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / 9_007_199_254_740_992.0
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        let index = self.below(words.len() as u64);
        words[usize::try_from(index).expect("below a length")]
    }
}
