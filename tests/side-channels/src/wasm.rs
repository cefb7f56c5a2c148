//! Counts what WebAssembly modules execute for each signature, in an interpreter: as much wherever a forged one differs, and
//! as much whichever secret signed. What a processor's cache shows is not counted.

use std::{env, fs};

use anyhow::{Context as _, bail, ensure};
use side_channels::deliveries::{BODY, DIGITS, SECRETS, TIMESTAMP, flipped, signature};
use twenty_webhook::PayloadForm;
use wasmi::{AsContextMut, CompilationMode, Config, Engine, Instance, Linker, Module, Store, WasmParams, WasmResults};

fn main() -> anyhow::Result<()> {
    let leaky = Counted::new(LEAKY.as_bytes())?.leaky()?;
    ensure!(leaky.windows(2).all(|pair| pair[0] < pair[1]), "a comparison that stops early is not seen: {leaky:?}");
    println!("wasm: a comparison that stops early takes from {} to {} instructions", leaky[0], leaky[31]);
    for file in env::args().skip(1) {
        let mut module = Counted::new(&fs::read(&file).with_context(|| file.clone())?)?;
        let [forged, genuine] = module.verifications().with_context(|| file.clone())?;
        println!("wasm: {file}: two forged signatures take {forged} instructions, two genuine ones {genuine}");
    }
    Ok(())
}

/// A module that runs, and what it ran.
struct Counted {
    store: Store<()>,
    instance: Instance,
}

impl Counted {
    /// It is started as wasm-bindgen starts it. What it asks of JavaScript is about objects, of which none is made here.
    fn new(module: &[u8]) -> anyhow::Result<Self> {
        // Otherwise translating a function counts when it is first called.
        let engine = Engine::new(Config::default().consume_fuel(true).compilation_mode(CompilationMode::Eager));
        let module = Module::new(&engine, module)?;
        let mut linker = Linker::new(&engine);
        for import in module.imports() {
            let Some(function) = import.ty().func() else { bail!("it imports {import:?}") };
            linker.func_new(import.module(), import.name(), function.clone(), |_, _, _| Ok(()))?;
        }
        let mut store = Store::new(&engine, ());
        store.set_fuel(u64::MAX)?;
        let instance = linker.instantiate_and_start(&mut store, &module)?;
        let mut module = Self { store, instance };
        if module.instance.get_func(&module.store, "__wbindgen_start").is_some() {
            module.call::<(), ()>("__wbindgen_start", ())?;
        }
        Ok(module)
    }

    /// Of forged signatures and of genuine ones.
    fn verifications(&mut self) -> anyhow::Result<[u64; 2]> {
        let webhook = self.webhook()?;
        let genuine = SECRETS.map(|secret| signature(secret, PayloadForm::Raw));
        // What the first call sets up is not counted.
        self.verify(webhook, &flipped(&genuine[0], 0))?;
        let mut forged = Vec::new();
        for place in 0..DIGITS {
            let (count, verdict) = self.verify(webhook, &flipped(&genuine[0], place))?;
            ensure!(verdict == -1, "it took a forged signature");
            forged.push(count);
        }
        let mut counts = Vec::new();
        for (signer, signature) in (0..).zip(&genuine) {
            let (count, verdict) = self.verify(webhook, signature)?;
            ensure!(verdict & 0b11 == signer, "it refused a genuine signature");
            counts.push(count);
        }
        ensure!(forged.iter().all(|count| *count == forged[0]), "it depends on the digit that is wrong: {forged:?}");
        ensure!(counts.iter().all(|count| *count == counts[0]), "it depends on the secret that signed: {counts:?}");
        Ok([forged[0], counts[0]])
    }

    /// Twice: a refusal is made before the last one is dropped, so the allocator does the same every other time.
    fn verify(&mut self, webhook: i32, signature: &str) -> anyhow::Result<(u64, i32)> {
        let lengths = self.write_to_inbox(&[TIMESTAMP, signature, BODY])?;
        let now: f64 = TIMESTAMP.parse()?;
        let before = self.store.get_fuel()?;
        let arguments = (webhook, lengths[0], lengths[1], -1, lengths[2], 0, now);
        self.call::<_, i32>("webhook_verify", arguments)?;
        let verdict = self.call("webhook_verify", arguments)?;
        Ok((before - self.store.get_fuel()?, verdict))
    }

    /// Called as what wasm-bindgen writes calls it: the lengths of the secrets, and six options that are absent.
    fn webhook(&mut self) -> anyhow::Result<i32> {
        let lengths = self.write_to_inbox(&SECRETS)?;
        let secrets: i32 = self.call("__wbindgen_malloc", (4 * i32::try_from(lengths.len())?, 4))?;
        let bytes: Vec<_> = lengths.iter().flat_map(|length| length.to_le_bytes()).collect();
        self.write(secrets, &bytes)?;
        let result: i32 = self.call("__wbindgen_add_to_stack_pointer", -16)?;
        let count = i32::try_from(lengths.len())?;
        self.call::<_, ()>("webhook_new", (result, secrets, count, 0, 0_f64, 0, 0_f64, 0, 0, 0, 0, 0, 0))?;
        let mut words = [0; 12];
        self.memory()?.read(&self.store, usize::try_from(result)?, &mut words)?;
        ensure!(words[8..] == [0; 4], "it took no secret");
        self.call::<_, i32>("__wbindgen_add_to_stack_pointer", 16)?;
        Ok(i32::from_le_bytes([words[0], words[1], words[2], words[3]]))
    }

    fn write_to_inbox(&mut self, texts: &[&str]) -> anyhow::Result<Vec<i32>> {
        let all = texts.concat();
        let at = self.call("inbox", i32::try_from(all.len())?)?;
        self.write(at, all.as_bytes())?;
        texts.iter().map(|text| Ok(i32::try_from(text.len())?)).collect()
    }

    fn write(&mut self, at: i32, bytes: &[u8]) -> anyhow::Result<()> {
        Ok(self.memory()?.write(&mut self.store, usize::try_from(at)?, bytes)?)
    }

    fn memory(&self) -> anyhow::Result<wasmi::Memory> {
        self.instance.get_memory(&self.store, "memory").context("it has no memory")
    }

    fn call<P: WasmParams, R: WasmResults>(&mut self, name: &str, parameters: P) -> anyhow::Result<R> {
        let function = self.instance.get_typed_func::<P, R>(&self.store, name).with_context(|| name.to_owned())?;
        Ok(function.call(self.store.as_context_mut(), parameters)?)
    }

    /// What `LEAKY` takes if the first difference is at each byte.
    fn leaky(&mut self) -> anyhow::Result<Vec<u64>> {
        let counts = (0..32).map(|place| {
            self.write(place, &[1])?;
            let before = self.store.get_fuel()?;
            let equal: i32 = self.call("compare", ())?;
            ensure!(equal == place);
            self.write(place, &[0])?;
            Ok(before - self.store.get_fuel()?)
        });
        counts.collect()
    }
}

/// How many of the first 32 bytes are as many zeros behind them.
const LEAKY: &str = r#"(module (memory (export "memory") 1) (func (export "compare") (result i32) (local $at i32)
    (block $differ (loop $next
        (br_if $differ (i32.ne (i32.load8_u (local.get $at)) (i32.load8_u offset=32 (local.get $at))))
        (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 1))) (i32.const 32)))))
    (local.get $at)))"#;
