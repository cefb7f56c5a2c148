// Full records as the sender prints them, composites included.
const BASE = {
  createdAt: "2024-12-24T18:57:19.761Z",
  updatedAt: "2024-12-24T18:57:19.761Z",
  deletedAt: null,
};
const ACTOR = {
  source: "MANUAL",
  workspaceMemberId: "20202020-0687-4c41-b707-ed1bfca972a7",
  name: "Tim Apple",
  context: {},
};
const API_ACTOR = { source: "API", workspaceMemberId: null, name: "Nightly import", context: null };
const NO_LINK = { primaryLinkLabel: "", primaryLinkUrl: "", secondaryLinks: null };

export const PERSON = {
  id: "20202020-1c25-4d02-bf25-6aeccf7ea419",
  ...BASE,
  name: { firstName: "Zoë", lastName: "O'Brien-Łuczak" },
  emails: { primaryEmail: "zoe@example.com", additionalEmails: ["z.obrien@example.org"] },
  phones: {
    primaryPhoneNumber: "612345678",
    primaryPhoneCountryCode: "FR",
    primaryPhoneCallingCode: "+33",
    additionalPhones: null,
  },
  linkedinLink: { primaryLinkLabel: "zoe", primaryLinkUrl: "https://www.linkedin.com/in/zoe", secondaryLinks: [] },
  xLink: NO_LINK,
  jobTitle: "Head of R&D \"Labs\"",
  city: "Saint-Étienne",
  avatarUrl: "",
  position: -1.5,
  createdBy: ACTOR,
  companyId: "20202020-3ec3-4fe3-8997-b76aa0bfa408",
};

export const COMPANY = {
  id: "20202020-3ec3-4fe3-8997-b76aa0bfa408",
  ...BASE,
  name: "Linkedin 株式会社 😀",
  domainName: { primaryLinkLabel: "", primaryLinkUrl: "https://linkedin.com", secondaryLinks: [{ label: "de", url: "https://de.linkedin.com" }] },
  employees: 18400,
  linkedinLink: NO_LINK,
  xLink: null,
  annualRecurringRevenue: { amountMicros: 1234567890123456, currencyCode: "EUR" },
  address: {
    addressStreet1: "1000 W Maude Ave",
    addressStreet2: null,
    addressCity: "Sunnyvale",
    addressPostcode: "94085",
    addressState: "California",
    addressCountry: "United States",
    addressLat: 37.3964,
    addressLng: -122.0276,
  },
  idealCustomerProfile: true,
  position: 0.00001,
  createdBy: API_ACTOR,
  accountOwnerId: null,
  renewalScore: 1e-7,
};

export const OPPORTUNITY = {
  id: "20202020-be10-412b-a663-16bd3c2228e1",
  ...BASE,
  name: "Renewal 2025",
  amount: { amountMicros: "250000000000", currencyCode: "USD" },
  closeDate: "2025-03-31T00:00:00.000Z",
  stage: "PROPOSAL",
  position: 3,
  createdBy: ACTOR,
  pointOfContactId: "20202020-1c25-4d02-bf25-6aeccf7ea419",
  companyId: "20202020-3ec3-4fe3-8997-b76aa0bfa408",
};

export const TASK = {
  id: "20202020-7c5d-4a61-9f5e-3d1b2c4a5e6f",
  ...BASE,
  title: "Call back / today",
  bodyV2: {
    blocknote: '[{"id":"1","type":"paragraph","content":[{"type":"text","text":"Say \\"hi\\"","styles":{}}]}]',
    markdown: "Say \"hi\"\n\n- one\n- two\t\u2028end\u007f",
  },
  dueAt: null,
  status: "TODO",
  position: 12.25,
  createdBy: { source: "WORKFLOW", workspaceMemberId: null, name: "", context: { workflowId: "20202020-aaaa-4bbb-8ccc-ddddeeeeffff" } },
  assigneeId: "20202020-0687-4c41-b707-ed1bfca972a7",
};

export const NOTE = {
  id: "20202020-5e0c-4b7a-8d9f-0a1b2c3d4e5f",
  ...BASE,
  title: "",
  bodyV2: { blocknote: null, markdown: null },
  position: 0,
  createdBy: { source: "IMPORT", workspaceMemberId: null, name: null, context: {} },
};

export const ATTACHMENT = {
  id: "20202020-4a4a-4b4b-8c4c-4d4d4e4e4f4f",
  ...BASE,
  name: "angebot_größe.pdf",
  fullPath: "attachment/9c1c.pdf",
  type: "TextDocument",
  authorId: "20202020-0687-4c41-b707-ed1bfca972a7",
  noteId: "20202020-5e0c-4b7a-8d9f-0a1b2c3d4e5f",
};

export const WORKSPACE_MEMBER = {
  id: "20202020-0687-4c41-b707-ed1bfca972a7",
  ...BASE,
  name: { firstName: "Tim", lastName: "Apple" },
  colorScheme: "System",
  locale: "en",
  avatarUrl: null,
  userEmail: "tim@example.com",
  userId: "20202020-9e3b-46d4-a556-88b9ddc2b034",
};

export const OLD_PERSON = {
  __typename: "Person",
  id: "20202020-0c21-4ed2-8aa1-2b4d6f8a0c1e",
  ...BASE,
  name: { __typename: "FullName", firstName: "Ada", lastName: "" },
  email: "ada@example.com",
  opportunities: { edges: [], __typename: "OpportunityConnection" },
  companyId: null,
  searchVector: `'ada':1A,3B '${"x".repeat(24)}':2A`,
};

export const ROCKET = {
  id: "20202020-6b6b-4c6c-8d6d-6e6e6f6f7070",
  ...BASE,
  name: "Véga",
  thrustKilonewtons: 2261.5,
  stages: ["FIRST", "SECOND"],
  10: "custom key that looks like an index",
  launchSite: { addressStreet1: "", addressLat: "5.2360", addressLng: "-52.7686" },
};
