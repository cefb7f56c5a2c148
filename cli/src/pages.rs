//! `twenty-webhook completions` and `twenty-webhook man`.

use anyhow::Context as _;
use clap::CommandFactory as _;

use crate::{
    arguments::{Arguments, CompletionsArguments, ManArguments},
    failure::Failure,
    output::Output,
};

pub(crate) fn completions(arguments: &CompletionsArguments, output: &mut Output) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), "twenty-webhook", &mut script);
    print(script, output)
}

pub(crate) fn man(arguments: &ManArguments, output: &mut Output) -> Result<(), Failure> {
    let mut program = Arguments::command();
    program.build();
    let command = match &arguments.command {
        Some(name) => program.find_subcommand(name).with_context(|| format!("there is no command {name}"))?,
        None => &program,
    };
    let mut page = Vec::new();
    clap_mangen::Man::new(command.clone()).render(&mut page).context("cannot make the page")?;
    print(page, output)
}

fn print(text: Vec<u8>, output: &mut Output) -> Result<(), Failure> {
    let text = String::from_utf8(text).context("the text is not UTF-8")?;
    Ok(output.print(&text)?)
}
