import { en } from './pengaturan.en';
import { id } from './pengaturan.id';
import { pick } from './pick';

export const pengaturan = pick(id, en);
