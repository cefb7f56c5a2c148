"""What tests of an application with receivers use."""

from __future__ import annotations

from twenty_webhook._sample import sample
from twenty_webhook._signed import SignedDelivery, signed_delivery
from twenty_webhook._store_suite import ReplayStoreCase, test_replay_store

__all__ = ["ReplayStoreCase", "SignedDelivery", "sample", "signed_delivery", "test_replay_store"]
