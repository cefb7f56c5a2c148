//! Hands the compiler's version to the program: a figure without it cannot be compared with another.

use std::{env, process::Command};

fn main() {
    let compiler = env::var_os("RUSTC").expect("cargo names the compiler");
    let answer = Command::new(compiler).arg("--version").output().expect("the compiler runs");
    let text = String::from_utf8(answer.stdout).expect("its version is text");
    let version = text.split(' ').take(2).collect::<Vec<_>>().join(" ");
    println!("cargo::rustc-env=COMPILER={version}");
    println!("cargo::rerun-if-changed=build.rs");
}
