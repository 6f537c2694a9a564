create table organization (
    id         uuid        not null,
    key        text        not null,
    name       text        not null,
    created_at timestamptz not null default now(),

    constraint organization_pkey primary key (id),
    constraint organization_key_unique unique (key),
    constraint organization_key_length check (char_length(key) between 1 and 255),
    -- One company has many spellings and one key. Collation "C": the same answer on every server.
    constraint organization_key_normalised check (
        key = lower(key collate "C") and key is nfkc normalized and key !~ '^\s|\s$|\s\s'),
    constraint organization_name_not_blank check (btrim(name) <> ''),
    constraint organization_name_length check (char_length(name) <= 255)
);
