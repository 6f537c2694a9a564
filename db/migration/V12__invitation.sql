-- Seats are for people who were invited. Colleagues who come by their company's sign-in take none: a first login must not
-- fail because somebody else took the last seat, and must not wait for the organization's row.
alter table organization
    add column seats integer not null default 5,
    add column seats_taken integer not null default 0,
    add constraint organization_seats_not_negative check (seats >= 0),
    add constraint organization_seats_suffice check (seats_taken between 0 and seats);

-- Whether this membership takes a seat, to be given back at its end.
alter table membership add column seat boolean not null default false;

create table invitation (
    id              uuid        not null,
    organization_id uuid        not null,
    -- Who reads this table can still not accept anything: only a hash of the token is in it.
    token_hash      bytea       not null,
    created_at      timestamptz not null default now(),
    expires_at      timestamptz not null,
    accepted_by     uuid,

    constraint invitation_pkey primary key (id),
    constraint invitation_organization_fkey foreign key (organization_id) references organization,
    constraint invitation_accepted_by_fkey foreign key (accepted_by) references app_user,
    constraint invitation_token_hash_unique unique (token_hash),
    constraint invitation_token_hash_length check (octet_length(token_hash) = 32),
    constraint invitation_expires_later check (expires_at > created_at)
);

create index invitation_organization on invitation (organization_id, created_at);

create index invitation_accepted_by on invitation (accepted_by);
