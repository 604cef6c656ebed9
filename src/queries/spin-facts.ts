// Spins of a record as SQL over its credited entries.

/** When the last spin of a record began; NULL where there is none, or where it can't be told. */
export const lastSpinOf = `(SELECT max(album_spin.last_spin_uts) FROM credit JOIN album_spin USING (album_id)
  WHERE credit.record_id = record.id)`;
