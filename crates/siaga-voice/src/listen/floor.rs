//! How loud the line itself is, and how loud its sound was lately. Both are learnt in under two seconds.

/// What is softer is no sound at all (A-law's zero has -72 dBFS).
const NOTHING_DBFS: f32 = -70.0;
/// Nothing for this many blocks (200 ms) is a line without any noise; shorter it is a packet lost on the way, which says
/// nothing about the room.
const NOTHING_BLOCKS: u16 = 20;
const SILENT_LINE_DBFS: f32 = -65.0;
/// The floor is the softest block of the last 1.5 to 2 s: speech has a pause in that time, rain has none.
const WINDOWS: usize = 4;
const WINDOW_BLOCKS: u16 = 50;
/// The loudest block is forgotten by 3 dB a second.
const PEAK_FALL_DB: f32 = 0.03;

/// Fed with blocks of 10 ms.
#[derive(Default)]
pub struct Floor {
    /// Softest of each window, the running one first.
    softest: [Option<f32>; WINDOWS],
    blocks: u16,
    nothing: u16,
    before: Option<f32>,
    peak: Option<f32>,
}

impl Floor {
    pub fn hear(&mut self, level_dbfs: f32) {
        self.peak = Some(self.peak.map_or(level_dbfs, |peak| level_dbfs.max(peak - PEAK_FALL_DB)));
        let level = if level_dbfs >= NOTHING_DBFS {
            self.nothing = 0;
            level_dbfs
        } else {
            self.nothing = self.nothing.saturating_add(1);
            if self.nothing < NOTHING_BLOCKS {
                return;
            }
            SILENT_LINE_DBFS
        };
        // Of two blocks the louder: one soft block alone is chance.
        let steady = self.before.replace(level).map_or(level, |before| before.max(level));
        self.softest[0] = Some(self.softest[0].map_or(steady, |softest| softest.min(steady)));
        self.blocks += 1;
        if self.blocks == WINDOW_BLOCKS {
            self.blocks = 0;
            self.softest.rotate_right(1);
            self.softest[0] = None;
        }
    }

    pub fn dbfs(&self) -> f32 {
        self.softest.iter().flatten().copied().reduce(f32::min).unwrap_or(SILENT_LINE_DBFS)
    }

    pub fn peak_dbfs(&self) -> f32 {
        self.peak.unwrap_or(SILENT_LINE_DBFS)
    }
}
