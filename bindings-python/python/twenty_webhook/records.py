"""The records of Twenty's standard objects, as `TypedDict`s for type checkers.

A record is whatever was sent: any key may be missing, and custom fields are keys of their own. For yours, extend a class:

    class MyPerson(Person, total=False):
        tier: str
"""

from __future__ import annotations

from typing import Any, TypedDict


class FullName(TypedDict, total=False):
    firstName: str | None
    lastName: str | None


class Emails(TypedDict, total=False):
    primaryEmail: str | None
    additionalEmails: list[str] | None


class Phones(TypedDict, total=False):
    primaryPhoneNumber: str | None
    primaryPhoneCountryCode: str | None
    primaryPhoneCallingCode: str | None
    additionalPhones: list[Any] | None


class Links(TypedDict, total=False):
    primaryLinkLabel: str | None
    primaryLinkUrl: str | None
    secondaryLinks: list[Any] | None


class Currency(TypedDict, total=False):
    """Older versions send the amount as text."""

    amountMicros: int | float | str | None
    currencyCode: str | None


class Address(TypedDict, total=False):
    """Older versions send the coordinates as text."""

    addressStreet1: str | None
    addressStreet2: str | None
    addressCity: str | None
    addressPostcode: str | None
    addressState: str | None
    addressCountry: str | None
    addressLat: float | str | None
    addressLng: float | str | None


class Actor(TypedDict, total=False):
    """`source` is `EMAIL`, `CALENDAR`, `WORKFLOW`, `API`, `IMPORT`, `MANUAL`, `SYSTEM` or `WEBHOOK` so far."""

    source: str | None
    workspaceMemberId: str | None
    name: str | None
    context: Any


class RichText(TypedDict, total=False):
    """`blocknote` is JSON inside a string."""

    blocknote: str | None
    markdown: str | None


class AnyRecord(TypedDict, total=False):
    """What every record has."""

    id: str
    createdAt: str | None
    updatedAt: str | None
    deletedAt: str | None


class Person(AnyRecord, total=False):
    name: FullName | None
    emails: Emails | None
    phones: Phones | None
    linkedinLink: Links | None
    xLink: Links | None
    jobTitle: str | None
    city: str | None
    avatarUrl: str | None
    position: float | None
    createdBy: Actor | None
    companyId: str | None


class Company(AnyRecord, total=False):
    name: str | None
    domainName: Links | None
    employees: int | None
    linkedinLink: Links | None
    xLink: Links | None
    annualRecurringRevenue: Currency | None
    address: Address | None
    idealCustomerProfile: bool | None
    position: float | None
    createdBy: Actor | None
    accountOwnerId: str | None


class Opportunity(AnyRecord, total=False):
    name: str | None
    amount: Currency | None
    closeDate: str | None
    stage: str | None
    position: float | None
    createdBy: Actor | None
    pointOfContactId: str | None
    companyId: str | None


class Task(AnyRecord, total=False):
    title: str | None
    bodyV2: RichText | None
    dueAt: str | None
    status: str | None
    position: float | None
    createdBy: Actor | None
    assigneeId: str | None


class Note(AnyRecord, total=False):
    title: str | None
    bodyV2: RichText | None
    position: float | None
    createdBy: Actor | None


class Attachment(AnyRecord, total=False):
    name: str | None
    fullPath: str | None
    type: str | None
    createdBy: Actor | None


class WorkspaceMember(AnyRecord, total=False):
    name: FullName | None
    colorScheme: str | None
    locale: str | None
    avatarUrl: str | None
    userEmail: str | None
    userId: str | None
