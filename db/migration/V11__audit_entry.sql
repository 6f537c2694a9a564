create table audit_entry (
    id              bigint      not null generated always as identity,
    -- No foreign keys: what happened stays written when those whom it concerns are gone.
    organization_id uuid        not null,
    actor           text        not null,
    action          text        not null,
    target          text        not null,
    happened_at     timestamptz not null default now(),

    constraint audit_entry_pkey primary key (id),
    constraint audit_entry_actor_not_blank check (btrim(actor) <> ''),
    constraint audit_entry_actor_length check (char_length(actor) <= 255),
    constraint audit_entry_action_form check (action ~ '^[a-z-]+\.[a-z-]+$'),
    constraint audit_entry_target_length check (char_length(target) <= 255)
);

create index audit_entry_organization on audit_entry (organization_id, id);

-- Who could change it afterwards could hide what they did.
revoke update, delete on audit_entry from provisioning_app;
