import { en } from './rekaman.en';
import { id } from './rekaman.id';
import { pick } from './pick';

export const rekaman = pick(id, en);
