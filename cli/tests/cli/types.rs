//! `types`.

use std::{fs, path::PathBuf};

use anyhow::Context as _;

use crate::program::{Answer, answer, program};

/// A file of a workspace whose types the checkers of each language accept.
fn workspace(file: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/workspaces");
    folder.join(file).display().to_string()
}

fn types(arguments: &[&str], stdin: &[u8]) -> anyhow::Result<Answer> {
    answer(program().arg("types").args(arguments), stdin)
}

const LANGUAGES: [(&str, &[&str]); 5] = [
    ("records.ts", &["--lang", "typescript"]),
    ("records.py", &["--lang", "python"]),
    ("models.py", &["--lang", "python", "--pydantic"]),
    ("records.rs", &["--lang", "rust"]),
    ("schema.json", &["--lang", "json-schema"]),
];

#[test]
fn are_written_to_standard_output() -> anyhow::Result<()> {
    for name in ["rockets", "hostile"] {
        let metadata = workspace(&format!("{name}/metadata.json"));
        for (file, lang) in LANGUAGES {
            let expected = fs::read_to_string(workspace(&format!("{name}/{file}")))?;
            let of_file = types(&[lang, &[&metadata]].concat(), b"")?;
            assert_eq!((of_file.exit_code, of_file.stdout.as_str()), (0, expected.as_str()), "{name}/{file}");
            let of_input = types(lang, &fs::read(&metadata)?)?;
            assert_eq!((of_input.stdout, of_input.stderr), (of_file.stdout, of_file.stderr), "{name}/{file}");
        }
    }
    Ok(())
}

/// The commands of docs/types.md, as a shell runs them.
#[cfg(unix)]
#[test]
fn are_written_by_the_commands_of_the_page() -> anyhow::Result<()> {
    use axum::response::IntoResponse as _;

    use crate::metadata_server::{KEY, Server};

    const METADATA: &str = include_str!("../../../tests/workspaces/rockets/metadata.json");
    let server = Server::new(|_| METADATA.into_response())?;
    let folder = tempfile::tempdir()?;
    fs::write(folder.path().join("metadata.json"), METADATA)?;
    let programs = std::path::Path::new(env!("CARGO_BIN_EXE_twenty-webhook")).parent().context("no folder")?;
    let path = format!("{}:{}", programs.display(), std::env::var("PATH")?);
    let mut shell = std::process::Command::new("sh");
    shell.args(["-e", "-u", &workspace("rockets/types.sh")]).current_dir(folder.path());
    shell.env("PATH", path).env("TWENTY_URL", &server.url).env(KEY, "a key");
    let output = shell.output()?;
    assert!(output.status.success(), "{}", output.stderr.escape_ascii());
    for (file, _) in LANGUAGES {
        let expected = fs::read_to_string(workspace(&format!("rockets/{file}")))?;
        assert_eq!(fs::read_to_string(folder.path().join(file))?, expected, "{file}");
    }
    assert_eq!(String::from_utf8(output.stdout)?, fs::read_to_string(workspace("rockets/records.ts"))?);
    Ok(())
}

/// `> records.ts` left an empty file where the server could not be asked.
#[test]
fn a_file_is_written_only_whole() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("records.ts");
    let output = file.display().to_string();
    let arguments = ["--lang", "typescript", "--output", &output];
    for old in [None, Some("of yesterday")] {
        old.map_or(Ok(()), |old| fs::write(&file, old))?;
        let answer = types(&arguments, b"<html>")?;
        assert_eq!((answer.exit_code, answer.stdout.as_str()), (2, ""));
        assert_eq!(fs::read_to_string(&file).ok().as_deref(), old);

        let answer = types(&[&arguments[..], &[&workspace("hostile/metadata.json")]].concat(), b"")?;
        assert_eq!((answer.exit_code, answer.stdout.as_str()), (0, ""));
        assert_eq!(fs::read_to_string(&file)?, fs::read_to_string(workspace("hostile/records.ts"))?);
        assert_eq!(fs::read_dir(&folder)?.count(), 1, "a temporary file is left");
    }
    let checked = types(&[&arguments[..], &["--check", &output]].concat(), b"")?;
    assert_eq!((checked.exit_code, checked.stdout.as_str()), (2, ""));
    for nowhere in [folder.path().join("absent/records.ts"), folder.path().to_owned()] {
        let nowhere = nowhere.display().to_string();
        let metadata = workspace("hostile/metadata.json");
        let answer = types(&["--lang", "rust", "--output", &nowhere, &metadata], b"")?;
        assert_eq!((answer.exit_code, answer.stdout.as_str()), (2, ""));
        assert!(answer.stderr.contains(&format!("\nerror: cannot write {nowhere}: ")), "{}", answer.stderr);
        assert_eq!(fs::read_dir(&folder)?.count(), 1, "a temporary file is left");
    }
    Ok(())
}

/// A link stays one, a file keeps who may read it, and what is no file is written to.
#[cfg(unix)]
#[test]
fn a_file_stays_what_it_is() -> anyhow::Result<()> {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    let folder = tempfile::tempdir()?;
    let [file, link] = ["records.ts", "link.ts"].map(|name| folder.path().join(name));
    fs::write(&file, "of yesterday")?;
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640))?;
    symlink(&file, &link)?;
    let metadata = workspace("hostile/metadata.json");
    let expected = fs::read_to_string(workspace("hostile/records.ts"))?;
    let answer = types(&["--lang", "typescript", "--output", &link.display().to_string(), &metadata], b"")?;
    assert_eq!((answer.exit_code, fs::read_to_string(&file)?), (0, expected.clone()));
    assert!(link.is_symlink());
    assert_eq!(fs::metadata(&file)?.permissions().mode() & 0o777, 0o640);
    let answer = types(&["--lang", "typescript", "--output", "/dev/stdout", &metadata], b"")?;
    assert_eq!((answer.exit_code, answer.stdout), (0, expected));
    Ok(())
}

#[test]
fn what_is_not_known_is_told() -> anyhow::Result<()> {
    let answer = types(&["--lang", "rust", &workspace("rockets/metadata.json")], b"")?;
    let expected =
        "warning: rocket.orbit is of the type `HOLOGRAM`, which is not known here: it is typed as any JSON\n";
    assert_eq!((answer.exit_code, answer.stderr.as_str()), (0, expected));

    let fields: Vec<_> = (0..1000).map(|number| format!(r#"{{"name":"it{number}","type":"MAGIC"}}"#)).collect();
    let metadata = format!(r#"[{{"nameSingular":"rocket","fields":[{}]}}]"#, fields.join(","));
    let answer = types(&["--lang", "rust"], metadata.as_bytes())?;
    assert_eq!((answer.exit_code, answer.stderr.lines().count()), (0, 21));
    assert!(answer.stderr.ends_with("warning: 980 more like these\n"), "{}", answer.stderr);
    Ok(())
}

#[test]
fn more_is_written_if_asked_for() -> anyhow::Result<()> {
    let metadata = workspace("rockets/metadata.json");
    let arguments = ["--lang", "typescript", &metadata, "--include-inactive", "--include-system"];
    let all = types(&arguments, b"")?.stdout;
    for line in ["  balloon: Balloon;\n", "  workspaceMember: WorkspaceMember;\n", "  retired?: string | null;\n"] {
        assert_eq!(all.matches(line).count(), 1, "{line}");
        assert!(!types(&arguments[..3], b"")?.stdout.contains(line), "{line}");
    }
    Ok(())
}

#[test]
fn are_compared_with_a_file() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("records.py").display().to_string();
    let metadata = workspace("rockets/metadata.json");
    let check = || types(&["--lang", "python", "--check", &file, &metadata], b"");
    let types = fs::read_to_string(workspace("rockets/records.py"))?;
    for same in [types.clone(), types.replace('\n', "\r\n")] {
        fs::write(&file, same)?;
        assert_eq!((check()?.exit_code, check()?.stdout.as_str()), (0, ""));
    }
    let (before, _) = types.split_once("    motto: str\n").context("no motto")?;
    let number = before.lines().count() + 1;
    for (different, line) in [
        (types.replace("    motto: str\n", "    motto: str | None\n"), number),
        (format!("{types}# more\n"), types.lines().count() + 1),
        (before.to_owned(), number),
        (String::new(), 1),
    ] {
        fs::write(&file, &different)?;
        let answer = check()?;
        assert_eq!((answer.exit_code, answer.stdout.as_str()), (1, ""));
        assert!(answer.stderr.contains(&format!("different: {file} from line {line} on\n")), "{}", answer.stderr);
    }
    fs::remove_file(&file)?;
    assert_eq!(check()?.exit_code, 2);
    Ok(())
}

#[test]
fn are_not_written_of_anything_else() -> anyhow::Result<()> {
    let evil = br#"{"errors":[{"message":"No \u001b[2J\u202e"}]}"#;
    for (input, reason) in [
        (b"<html>".as_slice(), "error: the metadata is not JSON: expected value at line 1 column 1\n"),
        (b"\xff\xfe", "error: the metadata is not JSON: expected value at line 1 column 1\n"),
        (evil, "error: the server answered with an error instead of metadata: No \\u001b[2J\\u202e\n"),
    ] {
        let answer = types(&["--lang", "typescript"], input)?;
        assert_eq!((answer.exit_code, answer.stdout.as_str(), answer.stderr.as_str()), (2, "", reason));
    }
    let answer = types(&["--lang", "typescript"], b"{}")?;
    assert_eq!((answer.exit_code, answer.stdout.as_str()), (2, ""));
    assert!(answer.stderr.starts_with("error: this is no metadata of a workspace: "), "{}", answer.stderr);
    Ok(())
}

#[test]
fn are_not_written_of_more_than_64_mebibytes() -> anyhow::Result<()> {
    let spaces = vec![b' '; (64 << 20) + 1];
    let answer = types(&["--lang", "typescript"], &spaces)?;
    let expected = "error: the metadata has more than 67108864 bytes\n";
    assert_eq!((answer.exit_code, answer.stderr.as_str()), (2, expected));
    Ok(())
}

#[test]
fn need_one_source_and_a_language() -> anyhow::Result<()> {
    for arguments in [
        [].as_slice(),
        &["--lang", "go"],
        &["--lang", "typescript", "--pydantic"],
        &["--lang", "typescript", "/absent/metadata.json"],
        &["--lang", "typescript", "--url", "https://a.example", "/absent/metadata.json"],
    ] {
        let answer = types(arguments, br#"[{"nameSingular":"rocket","fields":[]}]"#)?;
        assert_eq!((answer.exit_code, answer.stdout.as_str()), (2, ""), "{arguments:?}");
    }
    Ok(())
}
