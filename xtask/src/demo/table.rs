//! Rows of text as an aligned table.

/// The first row is the head. Rows may differ in length; lines have no trailing space.
pub(crate) fn layout(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let cell = |row: &[String], column: usize| row.get(column).cloned().unwrap_or_default();
    let width = |column| rows.iter().map(|row| cell(row, column).chars().count()).max().unwrap_or_default();
    let widths: Vec<_> = (0..columns).map(width).collect();

    let line = |row: &[String]| {
        let cells = widths.iter().enumerate().map(|(column, &width)| format!("{:width$}", cell(row, column)));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    let rule: Vec<_> = widths.iter().map(|&width| "-".repeat(width)).collect();
    let mut lines: Vec<_> = rows.iter().map(|row| line(row)).collect();
    lines.insert(lines.len().min(1), line(&rule));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::layout;

    #[test]
    fn aligns_columns() {
        let rows =
            [vec!["a", "bb"], vec!["cccc", "d"], vec!["é"]].map(|row| row.into_iter().map(str::to_owned).collect());
        assert_eq!(layout(&rows), "a     bb\n----  --\ncccc  d\né");
    }
}
