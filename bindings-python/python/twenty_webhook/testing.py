"""What tests of an application with receivers use."""

from __future__ import annotations

from twenty_webhook._store_suite import ReplayStoreCase, test_replay_store

__all__ = ["ReplayStoreCase", "test_replay_store"]
