create table project (
    id           uuid        not null,
    workspace_id uuid        not null,
    name         text        not null,
    -- The number of its assets, changed in the transaction that changes them.
    asset_count  int         not null default 0,
    version      bigint      not null default 1,
    created_at   timestamptz not null default now(),

    constraint project_pkey primary key (id),
    constraint project_workspace_fkey foreign key (workspace_id) references workspace,
    constraint project_name_not_blank check (btrim(name) <> ''),
    constraint project_name_length check (char_length(name) <= 255),
    constraint project_asset_count_not_negative check (asset_count >= 0),
    constraint project_version_positive check (version > 0)
);

create index project_workspace on project (workspace_id, id);

create table asset (
    id         uuid        not null,
    project_id uuid        not null,
    name       text        not null,
    text       text        not null,
    version    bigint      not null default 1,
    created_at timestamptz not null default now(),

    constraint asset_pkey primary key (id),
    constraint asset_project_fkey foreign key (project_id) references project,
    constraint asset_name_not_blank check (btrim(name) <> ''),
    constraint asset_name_length check (char_length(name) <= 255),
    constraint asset_text_length check (char_length(text) <= 100000),
    constraint asset_version_positive check (version > 0)
);

create index asset_project on asset (project_id, id);
