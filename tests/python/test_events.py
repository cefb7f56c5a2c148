"""Events are made of what `json.loads` makes, whichever way they are read."""

from __future__ import annotations

import copy
import gc
import json
import pickle
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from twenty_webhook import Event, Webhook

HOOK = Webhook("a secret")


def event_of(payload: str) -> Event:
    return HOOK.verify(payload, HOOK.sign(payload)).event


def record_of(record: str) -> Any:
    return event_of(f'{{"eventName":"person.created","record":{record}}}').record


def assert_same(found: Any, expected: Any) -> None:
    """Of the same types, too, in the same order: `==` takes 1 for 1.0 and True, and -0.0 for 0.0."""
    assert repr(found) == repr(expected)
    assert found == expected


@pytest.mark.parametrize(
    "record",
    [
        r'{"a":"\ud800","b":"\udfff\ud83d\ude00\ud83d","\udc00":"\ud83d\u0041","é\n\/\"":"é\b\f\r\t\\"}',
        '{"a":[-0,-0.0,0.0,1E5,1e-7,1e400,-1e400,1.0,5e-324,9007199254740993,123456789012345678901234567890]}',
        f'{{"a":[9223372036854775807,9223372036854775808,-9223372036854775808,-9223372036854775809,{"7" * 4300}]}}',
        '{"a":1,"b":{"x":1,"y":2,"x":{"z":1,"z":[]}},"a":{"c":null},"":{"":true},"":false}',
        '{"a":[[],{},[[{}]],"",null,true,false], "b" : { } , "c" :\t[ 1 ,\r\n2 ]}',
        '{"short":"😀","latin":"ÿ","wide":"\u20ac\u0100","plain":"' + "a" * 1_000 + 'é\\n"}',
    ],
)
def test_values_are_those_of_json_loads(record: str) -> None:
    assert_same(record_of(record), json.loads(record))
    whole = event_of(record)
    assert_same((whole.kind, whole.payload), ("unknown", json.loads(record)))


def test_integers_that_python_does_not_read_are_doubles() -> None:
    digits = "1" * (sys.get_int_max_str_digits() + 1)
    assert record_of(f'{{"a":{digits},"b":-{digits},"c":1}}') == {"a": float("inf"), "b": float("-inf"), "c": 1}


def test_an_exponent_undoes_its_zeros() -> None:
    """A parser whose exponents end somewhere once made an infinity of a 1."""
    for zeros in 300, 655_360, 700_000:
        number = f"1{'0' * zeros}e-{zeros}"
        assert record_of(f'{{"number":{number}}}') == json.loads(f'{{"number":{number}}}'), zeros


def test_of_a_repeated_key_the_last_counts() -> None:
    for record in ("[]", "null", '"x"', "{}"):
        envelope = f'{{"eventName":"a.created","record":{{"id":"1"}},"record":{record}}}'
        assert event_of(envelope).record == (json.loads(record) if record == "{}" else None)
    first, last = '{"metadataName":"m","properties":{"a":1}}', '{"metadataName":"m"}'
    assert event_of(f'{{"eventName":"m","event":{first},"event":{last}}}').properties is None
    assert event_of(f'{{"eventName":"m","event":{last},"event":{first}}}').properties == {"a": 1}


def test_keys_that_are_much_alike_are_told_apart() -> None:
    """Names are kept from one event to the next."""
    alike = [start + "x" * length + end for length in range(45) for start in ("", "a", "é") for end in ("", "b", "ü")]
    alike += ["x" * length + middle + "x" * length for length in range(20) for middle in ("a", "b", "\0", "ab", "ba")]
    alike += ["a" * 8 + "b" * 8, "a" * 7 + "b" * 9, "\0", "\0\0", "\0\0\0", "a\0", "\0a"]
    expected = {key: index for index, key in enumerate(alike)}
    for order in (1, -1, 1):
        record = dict(list(expected.items())[::order])
        assert_same(record_of(json.dumps(record, ensure_ascii=False)), record)


def test_threads_read_events_at_once() -> None:
    records = [json.dumps({f"key{i * j}": {"id": str(j), "x": i} for j in range(50)}) for i in range(40)]

    def read(number: int) -> bool:
        record = records[number % len(records)]
        return record_of(record) == json.loads(record)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(read, range(2_000)))


def test_an_event_that_refers_to_itself_is_forgotten() -> None:
    class Marker:
        alive = 0

        def __init__(self) -> None:
            Marker.alive += 1

        def __del__(self) -> None:
            Marker.alive -= 1

    event = Event({**fields_of(event_of("{}")), "record": {}})
    assert event.record is not None
    event.record.update(event=event, marker=Marker())
    del event
    gc.collect()
    assert Marker.alive == 0


def fields_of(event: Event) -> dict[str, Any]:
    fields: dict[str, Any] = event.__reduce__()[1][0]
    return fields


def test_events_are_compared_and_travel_with_all_they_hold() -> None:
    event = event_of(
        '{"eventName":"a.\\ud800","userId":"u","record":{"n":["\\ud800",1.0,NOT]}}'.replace("NOT", "1e400")
    )
    for same in (pickle.loads(pickle.dumps(event)), copy.deepcopy(event), copy.copy(event)):
        assert same == event
        assert_same(fields_of(same), fields_of(event))
    for name in fields_of(event):
        assert Event({**fields_of(event), name: "other"}) != event
    assert event != 1
    with pytest.raises(TypeError):
        hash(event)
    with pytest.raises(KeyError):
        Event({})
    for change in (
        lambda: setattr(event, "record", {}),
        lambda: delattr(event, "record"),
        lambda: setattr(event, "x", 1),
    ):
        with pytest.raises(AttributeError):
            change()
    assert repr(event) == "Event(kind='record', name='a.\\ud800', record_id=None)"
