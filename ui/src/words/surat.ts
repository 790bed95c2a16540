import { pick } from './pick';
import { en } from './surat.en';
import { id } from './surat.id';

export const surat = pick(id, en);
