//! One request's way through a receiver: what the package's driver tells, and the turn it gets back.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use pyo3::{
    intern,
    prelude::*,
    sync::{MutexExt, PyOnceLock},
    types::{PyBytes, PyDict, PyString, PyTuple},
};
use twenty_webhook::receiver::{Action, Answer, Body, Exchange as Core, Facts, Level, Notice, Outcome, Rules, Turn};
use twenty_webhook::{Code, Timestamp, host, receiver::RequestHead};

use crate::delivery::Delivery;
use crate::headers::{Found, headers as request_headers};
use crate::host::guarded;
use crate::receiver::with_head;
use crate::webhook::{LONG_BYTES, Webhook};

/// What it is told it may be told in any thread.
#[pyclass(frozen, module = "twenty_webhook._core")]
pub(crate) struct Exchange {
    open: Mutex<Open>,
    wants: Wants,
}

/// What a receiver makes use of beyond warnings and errors; what it does not need is not made.
#[derive(Clone, Copy)]
pub(crate) struct Wants {
    /// The lines of the level debug.
    pub(crate) debug: bool,
    /// What became of each request, whatever its level.
    pub(crate) outcomes: bool,
    /// The causes of refusals, which take their time to find in a small body, too.
    pub(crate) diagnoses: bool,
}

struct Open {
    core: Core,
    headers: Found,
}

type Tuple<'py> = Bound<'py, PyTuple>;
type Text<'a, 'py> = Option<&'a Bound<'py, PyString>>;

impl Exchange {
    pub(crate) fn begin<'py>(
        py: Python<'py>,
        rules: Arc<Rules>,
        head: &RequestHead<'_>,
        wants: Wants,
    ) -> PyResult<(Self, Tuple<'py>)> {
        let (core, turn) = Core::begin(rules, head);
        let shown = shown(py, &core, turn, wants)?;
        let open = Mutex::new(Open { core, headers: Found::default() });
        Ok((Self { open, wants }, shown))
    }

    fn open(&self, py: Python<'_>) -> MutexGuard<'_, Open> {
        self.open.lock_py_attached(py).unwrap_or_else(PoisonError::into_inner)
    }
}

#[pymethods]
impl Exchange {
    fn found<'py>(
        &self,
        webhook: &Bound<'py, Webhook>,
        content_length: Option<&Bound<'py, PyAny>>,
        headers: &Bound<'py, PyAny>,
        now: u64,
    ) -> PyResult<Tuple<'py>> {
        let Webhook { core: judge, header_names } = webhook.get();
        let headers = guarded(|| request_headers(headers, header_names))?;
        with_head("", [None, content_length], |head| {
            let mut open = self.open(webhook.py());
            let turn = open.core.found(Arc::clone(judge), head, &headers, Timestamp::from_unix_millis(now));
            open.headers = headers;
            shown(webhook.py(), &open.core, turn, self.wants)
        })
    }

    /// Verifies it. The delivery is there if it is authentic.
    fn body<'py>(&self, body: &Bound<'py, PyBytes>, now: u64) -> PyResult<(Tuple<'py>, Option<Delivery>)> {
        guarded(|| {
            let (py, octets) = (body.py(), body.as_bytes());
            let mut open = self.open(py);
            let Open { core, headers } = &mut *open;
            let mut verify = || core.body(Body::Bytes(octets), headers, Timestamp::from_unix_millis(now));
            let (turn, delivery) =
                if octets.len() < LONG_BYTES && !self.wants.diagnoses { verify() } else { py.detach(verify) };
            let id = core.facts().map(|facts| facts.id);
            let delivery = delivery.map(|delivery| Delivery::new(&delivery, body.as_any(), id));
            Ok((shown(py, core, turn, self.wants)?, delivery))
        })
    }

    /// Tells by a word: see the core's `host::tell`.
    #[pyo3(signature = (what, text=None, cause=None))]
    fn tell<'py>(&self, py: Python<'py>, what: &str, text: Text<'_, '_>, cause: Text<'_, '_>) -> PyResult<Tuple<'py>> {
        let [text, cause] = [text, cause].map(|text| text.map(|text| text.to_string_lossy().into_owned()));
        guarded(|| {
            let mut open = self.open(py);
            let turn = host::tell(&mut open.core, what, text, cause);
            shown(py, &open.core, turn, self.wants)
        })
    }

    /// `(webhook, id, milliseconds, secret_index, kind, name, record_id, webhook_id, workspace_id)` of the delivery and its event, if it is
    /// verified.
    fn facts<'py>(&self, py: Python<'py>) -> PyResult<Option<Tuple<'py>>> {
        let open = self.open(py);
        let Some(facts) = open.core.facts() else { return Ok(None) };
        let Facts { webhook, id, timestamp, secret_index, kind, name, record_id, webhook_id, workspace_id, .. } = facts;
        let (id, millis, kind) = (id.as_str(), timestamp.unix_millis(), kind.as_str());
        let facts = (webhook, id, millis, secret_index, kind, name, record_id, webhook_id, workspace_id);
        Ok(Some(facts.into_pyobject(py)?))
    }

    /// A line of the log about something of the host's own.
    fn line(&self, py: Python<'_>, text: String) -> String {
        let notice = Notice { level: Level::Error, outcome: None, code: None, reason: text.into(), cause: None };
        self.open(py).core.line(&notice)
    }
}

/// A turn as `(notices, answer, action)`, each `None` where there is none.
fn shown<'py>(py: Python<'py>, core: &Core, turn: Turn, wants: Wants) -> PyResult<Tuple<'py>> {
    let Turn { notices, answer, next } = turn;
    let notices = notices.iter().filter_map(|notice| noticed(py, core, notice, wants).transpose());
    let notices = notices.collect::<PyResult<Vec<_>>>()?;
    let notices = (!notices.is_empty()).then_some(notices);
    let answer = answer.map(|answer| answered(py, answer)).transpose()?;
    (notices, answer, next.map(|action| asked(py, action)).transpose()?).into_pyobject(py)
}

/// `(level, outcome, code, status, reason, line)`; without a line it is not logged.
fn noticed<'py>(py: Python<'py>, core: &Core, notice: &Notice, wants: Wants) -> PyResult<Option<Tuple<'py>>> {
    let level = match notice.level {
        Level::Debug => 10,
        Level::Warn => 30,
        Level::Error => 40,
    };
    let line = (wants.debug || notice.level > Level::Debug).then(|| core.line(notice));
    let outcome = notice.outcome;
    if line.is_none() && !(wants.outcomes && outcome.is_some()) {
        return Ok(None);
    }
    let status = outcome.map(Outcome::status).or_else(|| notice.code.and_then(Code::status));
    let [word, reason] = [notice.code.map(Code::as_str), Some(&*notice.reason)];
    Ok(Some((level, outcome.map(Outcome::as_str), word, status, reason, line).into_pyobject(py)?))
}

/// `(status, body, headers)`, made once for each answer there is. The length is framing, which the core knows nothing of.
fn answered(py: Python<'_>, answer: Answer) -> PyResult<Tuple<'_>> {
    static MADE: PyOnceLock<Py<PyDict>> = PyOnceLock::new();
    let made = MADE.get_or_init(py, || PyDict::new(py).unbind()).bind(py);
    let outcome = answer.outcome();
    let word = outcome.code().map_or(outcome.as_str(), Code::as_str);
    if let Some(known) = made.get_item(word)? {
        return Ok(known.cast_into()?);
    }
    let body = answer.body();
    let length = body.len().to_string();
    let headers = PyTuple::new(py, [answer.headers(), &[("content-length", &length)]].concat())?;
    let answer = (answer.status(), PyBytes::new(py, body.as_bytes()), headers).into_pyobject(py)?;
    made.set_item(word, &answer)?;
    Ok(answer)
}

/// The word for what is to be done, and what it takes.
fn asked(py: Python<'_>, action: Action) -> PyResult<Tuple<'_>> {
    match action {
        Action::FindWebhook { within } => (intern!(py, "find"), within.as_secs_f64()).into_pyobject(py),
        Action::ReadBody { at_most, within } => (intern!(py, "read"), at_most, within.as_secs_f64()).into_pyobject(py),
        Action::Claim { key, ttl, window, within } => {
            let [ttl, window, within] = [ttl, window, within].map(|time| time.as_secs_f64());
            (intern!(py, "claim"), key, ttl, window, within).into_pyobject(py)
        }
        Action::Handle { route, warn_after } => {
            (intern!(py, "handle"), route, warn_after.map(|after| after.as_secs_f64())).into_pyobject(py)
        }
        Action::Release { key, token, within } => {
            (intern!(py, "release"), key, token, within.as_secs_f64()).into_pyobject(py)
        }
    }
}
