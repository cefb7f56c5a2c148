/**
 * What every record has; custom fields are further keys, with names their users chose. A record is whatever was sent: any
 * key may be missing, and a record destroyed before it was read is `{}`.
 */
export interface StandardRecord {
  id?: string;
  createdAt?: string | null;
  updatedAt?: string | null;
  deletedAt?: string | null;
  [customField: string]: unknown;
}

export interface Person extends StandardRecord {
  name?: FullName | null;
  emails?: Emails | null;
  phones?: Phones | null;
  linkedinLink?: Links | null;
  xLink?: Links | null;
  jobTitle?: string | null;
  city?: string | null;
  avatarUrl?: string | null;
  position?: number | null;
  createdBy?: Actor | null;
  companyId?: string | null;
}

export interface Company extends StandardRecord {
  name?: string | null;
  domainName?: Links | null;
  employees?: number | null;
  linkedinLink?: Links | null;
  xLink?: Links | null;
  annualRecurringRevenue?: Currency | null;
  address?: Address | null;
  idealCustomerProfile?: boolean | null;
  position?: number | null;
  createdBy?: Actor | null;
  accountOwnerId?: string | null;
}

export interface Opportunity extends StandardRecord {
  name?: string | null;
  amount?: Currency | null;
  closeDate?: string | null;
  stage?: string | null;
  position?: number | null;
  createdBy?: Actor | null;
  pointOfContactId?: string | null;
  companyId?: string | null;
}

export interface Task extends StandardRecord {
  title?: string | null;
  bodyV2?: RichText | null;
  dueAt?: string | null;
  status?: string | null;
  position?: number | null;
  createdBy?: Actor | null;
  assigneeId?: string | null;
}

export interface Note extends StandardRecord {
  title?: string | null;
  bodyV2?: RichText | null;
  position?: number | null;
  createdBy?: Actor | null;
}

export interface Attachment extends StandardRecord {
  name?: string | null;
  fullPath?: string | null;
  type?: string | null;
  createdBy?: Actor | null;
}

export interface WorkspaceMember extends StandardRecord {
  name?: FullName | null;
  colorScheme?: string | null;
  locale?: string | null;
  avatarUrl?: string | null;
  userEmail?: string | null;
  userId?: string | null;
}

export interface FullName {
  firstName?: string | null;
  lastName?: string | null;
}

export interface Emails {
  primaryEmail?: string | null;
  additionalEmails?: string[] | null;
}

export interface Phones {
  primaryPhoneNumber?: string | null;
  primaryPhoneCountryCode?: string | null;
  primaryPhoneCallingCode?: string | null;
  additionalPhones?: unknown[] | null;
}

export interface Links {
  primaryLinkLabel?: string | null;
  primaryLinkUrl?: string | null;
  secondaryLinks?: unknown[] | null;
}

/** The amount is a number in newer versions of the sender, text in older ones. */
export interface Currency {
  amountMicros?: number | string | null;
  currencyCode?: string | null;
}

/** The coordinates are numbers in newer versions of the sender, texts in older ones. */
export interface Address {
  addressStreet1?: string | null;
  addressStreet2?: string | null;
  addressCity?: string | null;
  addressPostcode?: string | null;
  addressState?: string | null;
  addressCountry?: string | null;
  addressLat?: number | string | null;
  addressLng?: number | string | null;
}

export interface Actor {
  source?: "EMAIL" | "CALENDAR" | "WORKFLOW" | "API" | "IMPORT" | "MANUAL" | "SYSTEM" | "WEBHOOK" | (string & {}) | null;
  workspaceMemberId?: string | null;
  name?: string | null;
  context?: unknown;
}

export interface RichText {
  /** JSON inside text. */
  blocknote?: string | null;
  markdown?: string | null;
}
