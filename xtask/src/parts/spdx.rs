//! Licence expressions, as Cargo manifests have them.

/// Whether the expression can be satisfied with the licences in `accepted` alone. An exception (`WITH`) only permits
/// more, so it is passed over; the old form `MIT/Apache-2.0` is an `OR`.
pub(crate) fn is_satisfiable(expression: &str, accepted: &[&str]) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let mut words = Words { words: spaced.split_whitespace().peekable(), accepted };
    words.any() == Some(true) && words.words.next().is_none()
}

struct Words<'e, I: Iterator<Item = &'e str>> {
    words: std::iter::Peekable<I>,
    accepted: &'e [&'e str],
}

impl<'e, I: Iterator<Item = &'e str>> Words<'e, I> {
    fn any(&mut self) -> Option<bool> {
        let mut satisfied = self.all()?;
        while self.words.next_if_eq(&"OR").is_some() {
            satisfied |= self.all()?;
        }
        Some(satisfied)
    }

    fn all(&mut self) -> Option<bool> {
        let mut satisfied = self.one()?;
        while self.words.next_if_eq(&"AND").is_some() {
            satisfied &= self.one()?;
        }
        Some(satisfied)
    }

    fn one(&mut self) -> Option<bool> {
        let word = self.words.next()?;
        if word == "(" {
            let satisfied = self.any()?;
            return self.words.next_if_eq(&")").map(|_| satisfied);
        }
        if self.words.next_if_eq(&"WITH").is_some() {
            self.words.next()?;
        }
        Some(self.accepted.contains(&word))
    }
}

#[cfg(test)]
mod tests {
    use super::is_satisfiable;

    #[test]
    fn understands_expressions() {
        let accepted = ["MIT", "Apache-2.0", "Unicode-3.0"];
        for expression in [
            "MIT",
            "MIT OR GPL-3.0",
            "GPL-3.0 OR MIT",
            "MIT/GPL-3.0",
            "(MIT OR GPL-3.0) AND Unicode-3.0",
            "GPL-3.0 AND ISC OR MIT",
            "Apache-2.0 WITH LLVM-exception OR GPL-3.0",
        ] {
            assert!(is_satisfiable(expression, &accepted), "{expression}");
        }
        for expression in
            ["", "GPL-3.0", "MIT AND GPL-3.0", "(MIT OR ISC) AND GPL-3.0", "MIT OR", "(MIT", "MIT)", "MIT MIT", "mit"]
        {
            assert!(!is_satisfiable(expression, &accepted), "{expression}");
        }
    }
}
