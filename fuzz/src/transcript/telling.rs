//! One exchange and its model: what was asked for, what is known to be true, and what may come of what is told.

use std::{sync::Arc, time::Duration};

use twenty_webhook::receiver::{Action, Answer, Body, Claimed, Exchange, Outcome, RequestHead, Turn};

use super::{
    World,
    told::{Asked, Order, Told, anything},
};
use crate::request::{PAYLOADS, Payload, Request};

pub(super) struct Telling {
    request: Request,
    exchange: Exchange,
    asked: Asked,
    /// The payload that the model's own HMAC finds authentic in the body that was told.
    authentic: Option<&'static Payload>,
    answer: Option<Answer>,
    has_handler: bool,
    is_handled: bool,
    /// What a store was asked for and has not answered: key, ttl and window.
    owed: Option<(String, Duration, Duration)>,
    is_given_up: bool,
    /// The token of the claim that is this exchange's.
    held: Option<String>,
    releasing: Option<(String, String)>,
}

impl Telling {
    pub(super) fn begin(world: &World, request: Request) -> Self {
        let (exchange, turn) = Exchange::begin(Arc::clone(&world.rules), &head(&request));
        assert!(matches!(turn.next, Some(Action::FindWebhook { .. })) && turn.answer.is_none());
        Self {
            request,
            exchange,
            asked: Asked::Webhook,
            authentic: None,
            answer: None,
            has_handler: false,
            is_handled: false,
            owed: None,
            is_given_up: false,
            held: None,
            releasing: None,
        }
    }

    pub(super) fn awaits_claim(&self) -> bool {
        self.asked == Asked::Claim
    }

    /// Half of what happens is what was asked for, the rest is anything.
    pub(super) fn happen(&mut self, world: &mut World, what: u8, how: u8) {
        let told = if what < 32 { self.due(world, how) } else { anything(what, how) };
        self.tell(world, told);
    }

    /// Tells what is due until nothing is.
    pub(super) fn end(&mut self, world: &mut World) {
        for _ in 0..8 {
            if self.asked == Asked::Nothing && self.owed.is_none() {
                break;
            }
            let told = self.due(world, 64);
            self.tell(world, told);
        }
        assert!(self.exchange.is_over(), "an exchange without an end");
        let outcome = self.answer.expect("every request is answered").outcome();
        assert!(self.authentic.is_some() || matches!(outcome, Outcome::Refused(_)));
        assert!(self.held.is_none() || self.is_handled, "a claim is kept of what was not handled");
    }

    /// What a host tells that does what it was asked for.
    fn due(&self, world: &mut World, how: u8) -> Told {
        match self.asked {
            Asked::Webhook => Told::Found,
            Asked::Body if how < 16 => Told::Body(PAYLOADS[usize::from(how) % PAYLOADS.len()].text),
            Asked::Body => Told::Body(self.request.payload.text),
            Asked::Claim if how < 16 => Told::Claimed(Claimed::Late),
            Asked::Handler if how < 64 => Told::Failed,
            Asked::Handler => Told::Handled,
            Asked::Release if how < 32 => Told::NotReleased,
            Asked::Release => Told::Released,
            Asked::Nothing if how < 16 => Told::Claimed(Claimed::Abandoned),
            Asked::Claim | Asked::Nothing => self.owed.as_ref().map_or(Told::Unawaited, |(key, ttl, window)| {
                Told::Claimed(match world.store.claim(key, *ttl, *window, world.age()) {
                    Ok(Some(token)) => Claimed::Granted { token },
                    Ok(None) => Claimed::Held,
                    Err(full) => Claimed::Failed { cause: Some(full.to_string()) },
                })
            }),
        }
    }

    fn tell(&mut self, world: &mut World, told: Told) {
        if told.is_made_up() && self.owed.is_some() {
            return; // A store that lies about a grant is no fault of the machine's.
        }
        let (was, order) = (self.asked, told.order(self.asked, self.owed.is_some(), self.is_given_up));
        let turn = self.play(world, &told, order);
        if let Some(answer) = turn.answer {
            assert!(self.answer.replace(answer).is_none(), "two answers");
        }
        let noticed = turn.notices.iter().filter_map(|notice| notice.outcome);
        for outcome in noticed.chain(turn.answer.map(|answer| answer.outcome())) {
            self.check_outcome(world, outcome, &told, was);
        }
        assert!(order != Order::Harmless || (turn.answer.is_none() && turn.next.is_none()));
        if order == Order::Wrong {
            // Of a claim that is given back first, the error is told after that.
            let is_told = turn.notices.iter().any(|notice| notice.code.is_some());
            let is_release = matches!(turn.next, Some(Action::Release { .. }));
            assert!(is_release || (is_told && turn.next.is_none()), "{told:?} out of order: {turn:?}");
        }
        self.follow(world, turn, &told, was, order);
    }

    fn play(&mut self, world: &mut World, told: &Told, order: Order) -> Turn {
        let (request, exchange, now) = (&self.request, &mut self.exchange, world.moment());
        let Told::Body(body) = told else {
            if let (Told::Released, Some((key, token)), Some(payload)) = (told, self.releasing.take(), self.authentic) {
                world.give_back(payload.change, &key, &token);
            }
            return told.tell(exchange, &world.webhook, &head(request), &request.headers, now);
        };
        let (turn, delivery) = exchange.body(Body::Bytes(body.as_bytes()), &request.headers, now);
        let is_lost = body.is_empty() && request.content_length.as_ref().is_some_and(|length| length != "0");
        let is_authentic = order == Order::Right && !is_lost && request.is_authentic(body, world.now);
        assert_eq!(
            delivery.map(|delivery| delivery.payload().to_vec()),
            is_authentic.then(|| body.as_bytes().to_vec())
        );
        if is_authentic {
            self.authentic = PAYLOADS.iter().find(|payload| payload.text == *body);
        }
        turn
    }

    /// Every outcome that is no error has what it says behind it.
    fn check_outcome(&self, world: &World, outcome: Outcome, told: &Told, was: Asked) {
        match outcome {
            Outcome::Handled => assert!(matches!(told, Told::Handled) && was == Asked::Handler),
            Outcome::Duplicate => assert!(matches!(told, Told::Claimed(Claimed::Held)) && was == Asked::Claim),
            Outcome::Accepted => assert!(world.settings.is_background && self.authentic.is_some()),
            Outcome::Ignored => {
                assert!(matches!(told, Told::Body(_)) && self.authentic.is_some_and(|it| world.route(it).is_none()));
            }
            Outcome::Failed(_) => assert!(self.has_handler && !self.is_handled),
            Outcome::Refused(_) => {
                assert!(!matches!(told, Told::Body(_)) || self.authentic.is_none() || was != Asked::Body)
            }
        }
    }

    /// Every action has a reason, and is what is asked for next.
    fn follow(&mut self, world: &mut World, turn: Turn, told: &Told, was: Asked, order: Order) {
        if let (Told::Claimed(claimed), Order::Right) = (told, order) {
            if let Claimed::Granted { token } = claimed
                && !token.is_empty()
            {
                self.held = Some(token.clone());
            }
            if !(was == Asked::Claim && *claimed == Claimed::Late) {
                self.owed = None;
            }
            self.is_given_up |= *claimed == Claimed::Abandoned;
        }
        self.is_handled |= matches!(told, Told::Handled) && was == Asked::Handler;
        let is_late = matches!(told, Told::Claimed(_)) && was != Asked::Claim;
        self.asked = match turn.next {
            None if order == Order::Harmless || is_late && order == Order::Right => was,
            None => Asked::Nothing,
            Some(Action::FindWebhook { .. }) => panic!("a webhook is looked for twice"),
            Some(Action::ReadBody { .. }) => {
                assert!(matches!(told, Told::Found) && was == Asked::Webhook);
                Asked::Body
            }
            Some(Action::Claim { key, ttl, window, .. }) => {
                let payload = self.authentic.expect("what is claimed is authentic");
                assert!(matches!(told, Told::Body(_)) && world.settings.has_store && world.route(payload).is_some());
                world.check_key(payload.change, &key);
                self.owed = Some((key, ttl, window));
                Asked::Claim
            }
            Some(Action::Handle { route, .. }) => {
                let payload = self.authentic.expect("what is handled is authentic");
                assert_eq!(Some(route), world.route(payload));
                assert!(!std::mem::replace(&mut self.has_handler, true), "a handler twice for one request");
                match told {
                    Told::Body(_) => assert!(!world.settings.has_store),
                    Told::Claimed(Claimed::Held) => panic!("handled under the claim of another"),
                    Told::Claimed(_) if was != Asked::Claim => panic!("handled after all"),
                    Told::Claimed(_) => match &self.held {
                        Some(token) => world.call_under(payload.change, token),
                        None => assert!(world.settings.handles_without_claim),
                    },
                    _ => panic!("handled out of order"),
                }
                Asked::Handler
            }
            Some(Action::Release { key, token, .. }) => {
                assert!(!self.is_handled, "what was handled may be handled again");
                assert_eq!(self.held.take().as_ref(), Some(&token));
                world.check_key(self.authentic.expect("what was claimed is authentic").change, &key);
                self.releasing = Some((key, token));
                Asked::Release
            }
        };
    }
}

fn head(request: &Request) -> RequestHead<'_> {
    let content_length = request.content_length.as_deref().map(str::as_bytes);
    RequestHead { method: "POST", content_encoding: None, content_length }
}
