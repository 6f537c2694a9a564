create table document (
    id           uuid        not null,
    workspace_id uuid        not null,
    title        text        not null,
    text         text        not null,
    -- Goes up with every save. Who saves names the one they have read, and only that one is overwritten.
    version      bigint      not null default 1,
    saved_at     timestamptz not null default now(),

    constraint document_pkey primary key (id),
    constraint document_workspace_fkey foreign key (workspace_id) references workspace,
    constraint document_title_not_blank check (btrim(title) <> ''),
    constraint document_title_length check (char_length(title) <= 255),
    constraint document_text_length check (char_length(text) <= 100000),
    constraint document_version_positive check (version > 0)
);

create index document_workspace on document (workspace_id, id);
