-- PostgreSQL would compress the bytes at each rewrite, which costs more than the rest of an event.
alter table segment_chunk alter column bytes set storage external;
