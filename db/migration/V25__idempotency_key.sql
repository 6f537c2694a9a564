create table idempotency_key (
    caller       text        not null,
    key          text        not null,
    -- Of the request: whoever sends another one under the same key is told so.
    fingerprint  text        not null,
    -- The answer. Missing only inside of the transaction that is about to give it.
    status       int,
    content_type text,
    location     text,
    etag         text,
    body         bytea,
    created_at   timestamptz not null default now(),

    constraint idempotency_key_pkey primary key (caller, key),
    constraint idempotency_key_caller_length check (char_length(caller) <= 1024),
    constraint idempotency_key_length check (char_length(key) between 1 and 255),
    constraint idempotency_key_fingerprint_form check (fingerprint ~ '^[0-9a-f]{64}$'),
    constraint idempotency_key_successes_only check (status between 200 and 299)
);

create index idempotency_key_created_at on idempotency_key (created_at);
