create table generation_job (
    id         uuid        not null,
    project_id uuid        not null,
    kind       text        not null,
    -- Later jobs have higher ones.
    generation bigint      not null generated always as identity,
    state      text        not null default 'ACTIVE',
    created_at timestamptz not null default now(),
    ended_at   timestamptz,

    constraint generation_job_pkey primary key (id),
    constraint generation_job_project_fkey foreign key (project_id) references project on delete cascade,
    constraint generation_job_kind_known check (kind in ('SUMMARY', 'OUTLINE')),
    constraint generation_job_state_known check (state in ('ACTIVE', 'DONE', 'FAILED', 'SUPERSEDED')),
    constraint generation_job_ended check ((state = 'ACTIVE') = (ended_at is null))
);

create index generation_job_project on generation_job (project_id, generation);

-- A second click finds the job of the first one; once that has ended, the place is free again.
create unique index generation_job_one_active on generation_job (project_id, kind) where state = 'ACTIVE';

-- What the latest job that was not superseded has made.
create table generated (
    project_id uuid   not null,
    kind       text   not null,
    generation bigint not null,
    text       text   not null,

    constraint generated_pkey primary key (project_id, kind),
    constraint generated_project_fkey foreign key (project_id) references project on delete cascade
);
