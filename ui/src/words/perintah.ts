import { en } from './perintah.en';
import { id } from './perintah.id';
import { pick } from './pick';

export const perintah = pick(id, en);
