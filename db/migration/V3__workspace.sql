create table workspace (
    id              uuid        not null,
    organization_id uuid        not null,
    name            text        not null,
    is_default      boolean     not null,
    created_at      timestamptz not null default now(),

    constraint workspace_pkey primary key (id),
    constraint workspace_organization_fkey foreign key (organization_id) references organization,
    constraint workspace_name_not_blank check (btrim(name) <> ''),
    constraint workspace_name_length check (char_length(name) <= 255)
);

create index workspace_organization on workspace (organization_id);

create unique index workspace_one_default on workspace (organization_id) where is_default;
