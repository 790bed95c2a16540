import { en } from './dokumen.en';
import { id } from './dokumen.id';
import { pick } from './pick';

export const dokumen = pick(id, en);
