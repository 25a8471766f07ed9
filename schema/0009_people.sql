-- Organisations, people, what they may do and how they get in. No data of people in debt. Times are milliseconds since 1970,
-- UTC. The tables that say who somebody is and may do are closed to other rooms (closed.txt).

CREATE TABLE organisation(
  id         {pk},
  slug       {text} NOT NULL UNIQUE,
  name       {text} NOT NULL,
  sort_key   {text} NOT NULL,                -- folded name: what lists are sorted and searched by
  kind       {text} NOT NULL,                -- a code of organisation_kinds (people.h)
  website    {text},
  is_demo    {int}  NOT NULL DEFAULT 0,      -- fictitious
  created_ms {int}  NOT NULL,
  closed_ms  {int}                           -- NULL while it takes part
) {strict};
CREATE INDEX organisation_by_sort ON organisation(sort_key);
CREATE INDEX organisation_by_kind ON organisation(kind, sort_key);

-- For whom it works: a joint body serves several municipalities.
CREATE TABLE organisation_municipality(
  organisation_id {int} NOT NULL REFERENCES organisation(id),
  municipality    {text} NOT NULL,           -- its code, GM0034: loading municipalities anew gives them new ids
  PRIMARY KEY (organisation_id, municipality)
) {keyed};
CREATE INDEX organisation_municipality_by_place ON organisation_municipality(municipality);

CREATE TABLE person(
  id              {pk_once},                 -- the trail remembers it after the person is deleted
  email           {text} NOT NULL,           -- as typed
  email_fold      {text} NOT NULL UNIQUE,    -- what two addresses are compared by
  name            {text} NOT NULL,
  is_demo         {int}  NOT NULL DEFAULT 0,
  created_ms      {int}  NOT NULL,
  verified_ms     {int},                     -- when the e-mail address was proved; NULL before
  blocked_ms      {int},                     -- when an administrator closed the account; NULL else
  signed_in_ms    {int},                     -- last time; NULL for never
  warned_ms       {int}                      -- mail sent that the account will be deleted for lack of use; NULL else
) {strict};
CREATE INDEX person_by_use ON person(signed_in_ms, created_ms);

-- A role somebody holds, or asked for (granted_ms NULL).
CREATE TABLE person_role(
  id              {pk},
  person_id       {int}  NOT NULL REFERENCES person(id),
  organisation_id {int}  REFERENCES organisation(id),    -- NULL: a role on one's own, as a volunteer may
  role            {text} NOT NULL,           -- a code of the table of roles (people.h)
  asked_ms        {int}  NOT NULL,
  granted_ms      {int},
  granted_by      {int},                     -- person.id at that time; NULL for a rule or the command line
  by_claim        {int}  NOT NULL DEFAULT 0  -- given by organisation_oidc_role, which also takes it away
) {strict};
CREATE UNIQUE INDEX person_role_once ON person_role(person_id, role, coalesce(organisation_id, 0));
CREATE INDEX person_role_by_organisation ON person_role(organisation_id, role);
CREATE INDEX person_role_waiting ON person_role(asked_ms) WHERE granted_ms IS NULL;

CREATE TABLE session(
  id         {pk},
  digest     {text} NOT NULL UNIQUE,         -- keyed hash of the token in the cookie
  person_id  {int}  NOT NULL REFERENCES person(id),
  rights     {int}  NOT NULL,                -- bits held for the whole country, at the start of the session
  level      {int}  NOT NULL,                -- factors shown: 1 or 2
  method     {text} NOT NULL,                -- wachtwoord, passkey, link, oidc ...
  device     {text} NOT NULL,                -- "Firefox op Windows"
  created_ms {int}  NOT NULL,
  used_ms    {int}  NOT NULL,                -- at most a minute behind
  idle_ms    {int}  NOT NULL,                -- ends when it is not used for so long
  ends_ms    {int}  NOT NULL                 -- however much it is used
) {strict};
CREATE INDEX session_by_person ON session(person_id);
CREATE INDEX session_by_end ON session(ends_ms);

CREATE TABLE person_password(
  person_id  {int}  NOT NULL PRIMARY KEY REFERENCES person(id),
  hash       {text} NOT NULL,                -- argon2id
  changed_ms {int}  NOT NULL
) {strict};

CREATE TABLE person_totp(
  person_id    {int}  NOT NULL PRIMARY KEY REFERENCES person(id),
  secret       {blob} NOT NULL,              -- sealed with the key file
  confirmed_ms {int},                        -- NULL until the first right code
  last_step    {int}  NOT NULL DEFAULT 0     -- no step is taken twice
) {strict};

CREATE TABLE recovery_code(
  person_id {int}  NOT NULL REFERENCES person(id),
  digest    {text} NOT NULL,
  PRIMARY KEY (person_id, digest)
) {strict};

CREATE TABLE passkey(
  id            {pk},
  person_id     {int}  NOT NULL REFERENCES person(id),
  credential_id {text} NOT NULL UNIQUE,      -- base64url
  public_key    {blob} NOT NULL,
  algorithm     {int}  NOT NULL,             -- COSE: -7, -8, -257
  counter       {int}  NOT NULL,
  flags         {int}  NOT NULL,             -- enum webauthn_flag at registration: whether it may be copied never changes
  name          {text} NOT NULL,             -- "laptop van het werk"
  created_ms    {int}  NOT NULL,
  used_ms       {int}
) {strict};
CREATE INDEX passkey_by_person ON passkey(person_id);

-- How an organisation's own people sign in, and which roles that gives them.
CREATE TABLE organisation_oidc(
  organisation_id {int}  NOT NULL PRIMARY KEY REFERENCES organisation(id),
  issuer          {text} NOT NULL UNIQUE,
  client_id       {text} NOT NULL,
  client_secret   {blob},                    -- sealed; NULL with private_key
  private_key     {blob},                    -- sealed PEM; NULL with client_secret
  email_domain    {text} NOT NULL,           -- "gemeente.nl": only addresses of this domain
  email_trusted   {int}  NOT NULL DEFAULT 0, -- addresses count as proved although the provider does not say so
  role_claim      {text} NOT NULL,           -- name of the claim that holds groups; "" for none
  second_factor   {int}  NOT NULL DEFAULT 0, -- the provider always asks for one
  is_on           {int}  NOT NULL
) {strict};
CREATE TABLE organisation_oidc_role(
  organisation_id {int}  NOT NULL REFERENCES organisation(id),
  claim_value     {text} NOT NULL,           -- "" gives the role to everybody who signs in
  role            {text} NOT NULL,
  PRIMARY KEY (organisation_id, claim_value, role)
) {strict};
CREATE TABLE person_oidc(
  organisation_id {int}  NOT NULL REFERENCES organisation(id),
  subject         {text} NOT NULL,           -- "sub" of the issuer
  person_id       {int}  NOT NULL REFERENCES person(id),
  PRIMARY KEY (organisation_id, subject)
) {strict};
CREATE INDEX person_oidc_by_person ON person_oidc(person_id);

-- Links that work once: to prove an address, to choose a new password, to accept an invitation, to sign in.
CREATE TABLE link(
  digest     {text} NOT NULL PRIMARY KEY,    -- keyed hash of the token in the link
  purpose    {text} NOT NULL,
  person_id  {int}  REFERENCES person(id),   -- NULL for somebody without account
  detail     {text} NOT NULL,                -- what the purpose needs: an address, the id of an invitation
  created_ms {int}  NOT NULL,
  ends_ms    {int}  NOT NULL
) {strict};
CREATE INDEX link_by_person ON link(person_id, purpose);
CREATE INDEX link_by_end ON link(ends_ms);

CREATE TABLE invitation(
  id              {pk},
  organisation_id {int}  NOT NULL REFERENCES organisation(id),
  email           {text} NOT NULL,
  email_fold      {text} NOT NULL,
  role            {text} NOT NULL,
  invited_by      {int}  NOT NULL,           -- person.id at that time
  created_ms      {int}  NOT NULL,
  ends_ms         {int}  NOT NULL,
  UNIQUE (organisation_id, email_fold, role)
) {strict};
CREATE INDEX invitation_by_email ON invitation(email_fold);
CREATE INDEX invitation_by_end ON invitation(ends_ms);

-- Failed attempts to get in, per account and per address prefix: keyed hashes, kept for the abuse window only.
CREATE TABLE attempt(
  bucket   {text} NOT NULL PRIMARY KEY,
  failures {int}  NOT NULL,
  last_ms  {int}  NOT NULL
) {strict};
CREATE INDEX attempt_by_time ON attempt(last_ms);

-- What may be used once only: challenges of passkeys.
CREATE TABLE used_once(
  digest  {text} NOT NULL PRIMARY KEY,
  ends_ms {int}  NOT NULL
) {strict};
CREATE INDEX used_once_by_end ON used_once(ends_ms);

-- Mail that is not strictly needed and that somebody does not want.
CREATE TABLE mail_refusal(
  person_id {int}  NOT NULL REFERENCES person(id),
  kind      {text} NOT NULL,
  PRIMARY KEY (person_id, kind)
) {strict};
