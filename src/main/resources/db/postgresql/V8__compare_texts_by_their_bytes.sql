-- What is looked for by how it begins, or by what comes next, must lie in its index in the order of its bytes.
alter table machine alter column live_name type varchar(63) collate "C";
alter table hotplug_event
    alter column actor type varchar(255) collate "C",
    alter column outcome type varchar(16) collate "C",
    alter column actions type varchar(255) collate "C";
