import { en } from './laporan.en';
import { id } from './laporan.id';
import { pick } from './pick';

export const laporan = pick(id, en);
