-- Names are looked for by how they begin, for which an index must have them in the order of their bytes.
alter table machine alter column live_name type varchar(63) collate "C";
