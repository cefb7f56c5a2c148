//! Dudect's method (Reparaz, Balasch, Verbauwhede 2016) on the core: whether its times tell two kinds of forged signatures
//! apart. |t| beyond five says that they do. The control has two kinds that are one; the last must be told apart.

use std::hint::black_box;

use dudect_bencher::{BenchRng, Class, CtRunner, ctbench_main, rand::RngExt as _};
use side_channels::deliveries::{DIGITS, SECRETS, flipped, judged, signature, webhook};
use twenty_webhook::PayloadForm;

ctbench_main!(control, first_or_last_digit, stops_early);

fn control(runner: &mut CtRunner, rng: &mut BenchRng) {
    verify(runner, rng, [0, 0]);
}

fn first_or_last_digit(runner: &mut CtRunner, rng: &mut BenchRng) {
    verify(runner, rng, [0, DIGITS - 1]);
}

fn verify(runner: &mut CtRunner, rng: &mut BenchRng, places: [usize; 2]) {
    let webhook = webhook(1, PayloadForm::Raw);
    let genuine = signature(SECRETS[0], PayloadForm::Raw);
    let forged = places.map(|place| flipped(&genuine, place));
    measure(runner, rng, &forged, |forged| judged(&webhook, forged));
}

fn stops_early(runner: &mut CtRunner, rng: &mut BenchRng) {
    let genuine = signature(SECRETS[0], PayloadForm::Raw);
    let forged = [0, DIGITS - 1].map(|place| flipped(&genuine, place));
    measure(runner, rng, &forged, |forged| genuine.bytes().zip(forged.bytes()).all(|(a, b)| black_box(a) == b));
}

/// Each a copy of its own, so that neither is known to the caches by where it is.
fn measure<T>(runner: &mut CtRunner, rng: &mut BenchRng, kinds: &[String; 2], call: impl Fn(&str) -> T) {
    let inputs: Vec<_> = (0..MEASUREMENTS)
        .map(|_| if rng.random() { (Class::Left, kinds[0].clone()) } else { (Class::Right, kinds[1].clone()) })
        .collect();
    for (class, forged) in inputs {
        runner.run_one(class, || call(&forged));
    }
}

const MEASUREMENTS: usize = 50_000;
