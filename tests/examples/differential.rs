//! Canonical text against V8 for as long as one likes, in batches whose digests are compared: `cargo xtask differential`.
//! Where it was interrupted, it goes on.

use std::{
    collections::VecDeque,
    env, fs,
    io::{Read, Write},
    path::Path,
    process::{Child, ChildStdin, ChildStdout, Stdio},
};

use anyhow::{Context, bail, ensure};
use conformance::{
    documents,
    node::{self, frame},
    numbers,
    verdict::verdict_on,
};
use fastrand::Rng;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// `differential STATE SEED BYTES NUMBERS`: so many bytes of documents and so many numbers, counted from the beginning of the
/// run that the file STATE tells of.
fn main() -> anyhow::Result<()> {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let [state, seed, bytes, numbers] = &arguments[..] else { bail!("differential STATE SEED BYTES NUMBERS") };
    let (path, seed) = (Path::new(state), seed.parse()?);
    let mut state = if path.exists() { serde_json::from_slice(&fs::read(path)?)? } else { State::new(seed) };
    ensure!(state.seed == seed, "{} is of the seed {}: remove it to begin anew", path.display(), state.seed);
    for (kind, most) in [(Kind::Documents, bytes.parse()?), (Kind::Numbers, numbers.parse()?)] {
        run(kind, most, &mut state, path)?;
    }
    Ok(())
}

#[derive(Clone, Debug, Deserialize, Serialize)]
struct State {
    seed: u64,
    documents: Progress,
    numbers: Progress,
}

#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize)]
struct Progress {
    batches: u64,
    /// How many bytes, or numbers.
    compared: u64,
}

impl State {
    fn new(seed: u64) -> Self {
        Self { seed, documents: Progress::default(), numbers: Progress::default() }
    }

    fn of(&mut self, kind: Kind) -> &mut Progress {
        match kind {
            Kind::Documents => &mut self.documents,
            Kind::Numbers => &mut self.numbers,
        }
    }
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    Documents,
    Numbers,
}

fn run(kind: Kind, most: u64, state: &mut State, path: &Path) -> anyhow::Result<()> {
    let mut peer = Peer::start()?;
    let seed = state.seed;
    let progress = *state.of(kind);
    let (mut sent, mut batches, mut waiting) = (progress.compared, progress.batches, VecDeque::new());
    while sent < most || !waiting.is_empty() {
        if sent < most {
            let batch = kind.batch(seed, batches);
            peer.send(&batch)?;
            // Node judges while this does, and has the next batch before it is asked for this one's digest.
            let own = digest(&batch);
            (sent, batches) = (sent + kind.count(&batch), batches + 1);
            waiting.push_back((batch, own));
        }
        if sent < most && waiting.len() < 2 {
            continue;
        }
        let Some((batch, own)) = waiting.pop_front() else { continue };
        if peer.digest()? != own {
            return kind.find_difference(&batch, state.of(kind).batches);
        }
        let progress = state.of(kind);
        *progress = Progress { batches: progress.batches + 1, compared: progress.compared + kind.count(&batch) };
        let is_told = progress.batches % BATCHES_A_LINE == 0;
        let told = format!("{kind:?}: {} in {} batches, seed {seed}", progress.compared, progress.batches);
        // Never half a file.
        fs::write(path.with_extension("new"), serde_json::to_vec(state)?)?;
        fs::rename(path.with_extension("new"), path)?;
        if is_told || (sent >= most && waiting.is_empty()) {
            println!("{told}: no difference");
        }
    }
    Ok(())
}

const BATCHES_A_LINE: u64 = 50;
const BYTES_A_BATCH: usize = 1_000_000;
const ARRAYS_A_BATCH: usize = 100;
const NUMBERS_AN_ARRAY: usize = 500;

impl Kind {
    /// The same documents for the same seed and number.
    fn batch(self, seed: u64, number: u64) -> Vec<Vec<u8>> {
        let mut rng = Rng::with_seed(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ number);
        if let Self::Numbers = self {
            let array =
                |rng: &mut Rng| (0..NUMBERS_AN_ARRAY).map(|_| numbers::spelt(rng)).collect::<Vec<_>>().join(",");
            return (0..ARRAYS_A_BATCH).map(|_| format!("[{}]", array(&mut rng)).into_bytes()).collect();
        }
        let (mut batch, mut bytes) = (Vec::new(), 0);
        while bytes < BYTES_A_BATCH {
            let mut text = String::new();
            documents::spell(&documents::value(&mut rng, 6), &mut rng, &mut text);
            // Most are whole, because of a broken one little is compared.
            let document = if rng.u8(..4) == 0 { documents::broken(&text, &mut rng) } else { text.into_bytes() };
            bytes += document.len();
            batch.push(document);
        }
        batch
    }

    fn count(self, batch: &[Vec<u8>]) -> u64 {
        let count = match self {
            Self::Documents => batch.iter().map(Vec::len).sum(),
            Self::Numbers => batch.len() * NUMBERS_AN_ARRAY,
        };
        u64::try_from(count).unwrap_or(u64::MAX)
    }

    fn find_difference(self, batch: &[Vec<u8>], number: u64) -> anyhow::Result<()> {
        let alone = |array: &Vec<u8>| -> Vec<Vec<u8>> {
            array[1..array.len() - 1].split(|byte| *byte == b',').map(<[u8]>::to_vec).collect()
        };
        let documents = if let Self::Numbers = self { batch.iter().flat_map(alone).collect() } else { batch.to_vec() };
        for (document, theirs) in documents.iter().zip(node::ask("differential.mjs", &documents)?) {
            let ours = verdict_on(document);
            let [ours_shown, theirs_shown] = [&ours, &theirs].map(|verdict| verdict.escape_ascii().to_string());
            ensure!(ours == theirs, "of {}: {ours_shown}, but V8: {theirs_shown}", document.escape_ascii());
        }
        bail!("{self:?}, batch {number}: the digests differ, and no document does")
    }
}

fn digest(batch: &[Vec<u8>]) -> [u8; 32] {
    let framed = batch.iter().flat_map(|document| frame(&verdict_on(document)));
    Sha256::digest(framed.collect::<Vec<_>>()).into()
}

/// Node, which answers a batch with a digest.
struct Peer {
    node: Child,
    stdin: ChildStdin,
    stdout: ChildStdout,
}

impl Peer {
    fn start() -> anyhow::Result<Self> {
        let mut node = node::command("differential_batches.mjs")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("Node 20 or newer is needed: https://nodejs.org")?;
        let (stdin, stdout) = (node.stdin.take().context("no input")?, node.stdout.take().context("no output")?);
        Ok(Self { node, stdin, stdout })
    }

    fn send(&mut self, batch: &[Vec<u8>]) -> anyhow::Result<()> {
        let framed: Vec<u8> = batch.iter().flat_map(|document| frame(document)).collect();
        Ok(self.stdin.write_all(&frame(&framed))?)
    }

    fn digest(&mut self) -> anyhow::Result<[u8; 32]> {
        let mut answer = [0; 4 + 32];
        self.stdout.read_exact(&mut answer)?;
        let (_, digest) = answer.split_last_chunk().context("a digest")?;
        Ok(*digest)
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        self.node.kill().ok();
        self.node.wait().ok();
    }
}
