import { en } from './mulai.en';
import { id } from './mulai.id';
import { pick } from './pick';

export const mulai = pick(id, en);
