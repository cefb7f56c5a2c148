//! What is told to an exchange.

use std::sync::Arc;

use twenty_webhook::{
    Timestamp, Webhook,
    receiver::{Body, Claimed, Exchange, NoWebhook, RequestHead, Turn, Unreadable},
};

use crate::request::PAYLOADS;

#[derive(Debug)]
pub(super) enum Told {
    Found,
    NotFound(NoWebhook),
    Body(&'static str),
    Unreadable(Unreadable),
    Claimed(Claimed),
    Handled,
    Failed,
    Released,
    NotReleased,
    Fault,
    Slow,
    Unawaited,
}

/// What the machine waits for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Asked {
    Webhook,
    Body,
    Claim,
    Handler,
    Release,
    Nothing,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Order {
    Right,
    Wrong,
    /// It may be told at any time, or comes too late to matter.
    Harmless,
}

/// Whatever it is, at whatever time.
pub(super) fn anything(what: u8, how: u8) -> Told {
    let cause = || (how & 1 == 1).then(|| "a cause".to_owned());
    match what % 20 {
        0 => Told::Found,
        1 => Told::NotFound(NoWebhook::Unknown),
        2 => Told::NotFound(NoWebhook::Failed { cause: cause() }),
        3 => Told::NotFound(NoWebhook::Late),
        4 => Told::Body(PAYLOADS[usize::from(how) % PAYLOADS.len()].text),
        5 => Told::Unreadable(UNREADABLE[usize::from(how) % UNREADABLE.len()]),
        6 => Told::Claimed(Claimed::Granted { token: MADE_UP.to_owned() }),
        7 => Told::Claimed(Claimed::Granted { token: String::new() }),
        8 => Told::Claimed(Claimed::Held),
        9 => Told::Claimed(Claimed::Failed { cause: cause() }),
        10 => Told::Claimed(Claimed::Odd { answer: "7".to_owned() }),
        11 => Told::Claimed(Claimed::Late),
        12 => Told::Claimed(Claimed::Abandoned),
        13 => Told::Handled,
        14 => Told::Failed,
        15 => Told::Released,
        16 => Told::NotReleased,
        17 => Told::Fault,
        18 => Told::Slow,
        _ => Told::Unawaited,
    }
}

const UNREADABLE: [Unreadable; 5] =
    [Unreadable::TooLarge, Unreadable::Late, Unreadable::Gone, Unreadable::AlreadyRead, Unreadable::NotARequest];

/// No store gives it.
const MADE_UP: &str = "made up";

impl Told {
    pub(super) fn is_made_up(&self) -> bool {
        matches!(self, Self::Claimed(Claimed::Granted { token }) if token == MADE_UP)
    }

    pub(super) fn order(&self, asked: Asked, is_owed: bool, is_given_up: bool) -> Order {
        let right = |is_right| if is_right { Order::Right } else { Order::Wrong };
        match self {
            Self::Found | Self::NotFound(_) => right(asked == Asked::Webhook),
            Self::Unreadable(_) => right(matches!(asked, Asked::Webhook | Asked::Body)),
            Self::Body(_) => right(asked == Asked::Body),
            Self::Claimed(Claimed::Abandoned) if asked == Asked::Claim => Order::Wrong,
            Self::Claimed(_) if is_owed => Order::Right,
            Self::Claimed(Claimed::Abandoned) => Order::Harmless,
            Self::Claimed(_) if is_given_up => Order::Harmless,
            Self::Claimed(_) => Order::Wrong,
            Self::Handled | Self::Failed => right(asked == Asked::Handler),
            Self::Released | Self::NotReleased if asked == Asked::Nothing => Order::Right,
            Self::Released | Self::NotReleased => right(asked == Asked::Release),
            Self::Fault => Order::Right,
            Self::Slow | Self::Unawaited => Order::Harmless,
        }
    }

    pub(super) fn tell(
        &self,
        exchange: &mut Exchange,
        webhook: &Arc<Webhook>,
        head: &RequestHead<'_>,
        headers: &[(&str, String)],
        now: Timestamp,
    ) -> Turn {
        match self {
            Self::Found => exchange.found(Arc::clone(webhook), head, headers, now),
            Self::NotFound(why) => exchange.not_found(why.clone()),
            Self::Body(body) => exchange.body(Body::Bytes(body.as_bytes()), headers, now).0,
            Self::Unreadable(why) => exchange.unreadable(*why, None, None),
            Self::Claimed(claimed) => exchange.claimed(claimed.clone()),
            Self::Handled => exchange.handled(),
            Self::Failed => exchange.failed(None),
            Self::Released => exchange.released(),
            Self::NotReleased => exchange.not_released(None),
            Self::Fault => exchange.fault(None),
            Self::Slow => exchange.slow(),
            Self::Unawaited => exchange.unawaited(),
        }
    }
}
