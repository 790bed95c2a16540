//! Where the kelurahan end: which one a point lies in. Boundaries are imported ([`read`]); a city without any knows
//! only the middles of its kelurahan.
//!
//! Real files have gaps between kelurahan, and middles that lie outside: so a point in no polygon belongs to the nearest
//! one within a kilometre as *perkiraan*, and to none beyond.

mod outline;
mod read;

pub use read::{document, read};

use crate::{city::City, view::map::BoundaryView};
use serde::{Deserialize, Serialize};

/// A point in no polygon still belongs to the nearest one up to here (m).
pub const NEAR_M_MAX: u32 = 1_000;
/// Metres of a degree of latitude.
const DEGREE_M: f64 = 111_320.0;

/// Longitude, latitude.
pub type Point = (f64, f64);

/// One kelurahan: its pieces, each an outer ring and its holes. Rings are closed: the first point is not repeated.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shape {
    pub code: String,
    pub pieces: Vec<Vec<Vec<Point>>>,
}

/// All boundaries of a city.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Boundaries {
    shapes: Vec<(Shape, Frame)>,
}

/// The smallest upright rectangle around a shape.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Frame {
    west: f64,
    south: f64,
    east: f64,
    north: f64,
}

/// How sure it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Within {
    /// Inside the polygon.
    Inside,
    /// In no polygon, this far (m) from the nearest: *perkiraan*.
    Near(u32),
}

impl Shape {
    fn rings(&self) -> impl Iterator<Item = &Vec<Point>> {
        self.pieces.iter().flatten()
    }

    fn frame(&self) -> Frame {
        let none = Frame { west: f64::MAX, south: f64::MAX, east: f64::MIN, north: f64::MIN };
        self.rings().flatten().fold(none, |frame, (lng, lat)| Frame {
            west: frame.west.min(*lng),
            south: frame.south.min(*lat),
            east: frame.east.max(*lng),
            north: frame.north.max(*lat),
        })
    }

    /// By counting the lines a ray to the east crosses: holes come out right by themselves.
    fn holds(&self, point: Point) -> bool {
        self.rings().flat_map(|ring| sides(ring)).filter(|(a, b)| crosses(point, *a, *b)).count() % 2 == 1
    }

    /// To the nearest side (m).
    fn distance_m(&self, point: Point) -> f64 {
        self.rings().flat_map(|ring| sides(ring)).map(|(a, b)| side_m(point, a, b)).fold(f64::MAX, f64::min)
    }
}

fn sides(ring: &[Point]) -> impl Iterator<Item = (Point, Point)> {
    (0..ring.len()).map(|at| (ring[at], ring[(at + 1) % ring.len()]))
}

fn crosses(point: Point, a: Point, b: Point) -> bool {
    (a.1 > point.1) != (b.1 > point.1) && point.0 < (b.0 - a.0) * (point.1 - a.1) / (b.1 - a.1) + a.0
}

/// Distance of a point to a side, on a flat earth: exact enough within a city.
fn side_m(point: Point, a: Point, b: Point) -> f64 {
    let squeeze = point.1.to_radians().cos();
    let flat = |one: Point| ((one.0 - point.0) * DEGREE_M * squeeze, (one.1 - point.1) * DEGREE_M);
    let (a, b) = (flat(a), flat(b));
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let length = dx * dx + dy * dy;
    let share = if length == 0.0 { 0.0 } else { (-(a.0 * dx + a.1 * dy) / length).clamp(0.0, 1.0) };
    (a.0 + share * dx).hypot(a.1 + share * dy)
}

impl Boundaries {
    #[must_use]
    pub fn of(shapes: Vec<Shape>) -> Self {
        Self {
            shapes: shapes
                .into_iter()
                .map(|shape| (shape.frame(), shape))
                .map(|(frame, shape)| (shape, frame))
                .collect(),
        }
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.shapes.is_empty()
    }

    pub fn shapes(&self) -> impl Iterator<Item = &Shape> {
        self.shapes.iter().map(|(shape, _)| shape)
    }

    /// The code of the kelurahan a point lies in or near; none beyond [`NEAR_M_MAX`].
    #[must_use]
    pub fn at(&self, lat: f64, lng: f64) -> Option<(&str, Within)> {
        let point = (lng, lat);
        // a degree of longitude is at least half a degree of latitude long where people live
        let reach = f64::from(NEAR_M_MAX) / DEGREE_M * 2.0;
        let around = self.shapes.iter().filter(|(_, frame)| {
            (frame.west - reach..=frame.east + reach).contains(&lng)
                && (frame.south - reach..=frame.north + reach).contains(&lat)
        });
        let around: Vec<&Shape> = around.map(|(shape, _)| shape).collect();
        if let Some(inside) = around.iter().find(|shape| shape.holds(point)) {
            return Some((&inside.code, Within::Inside));
        }
        let nearest = around.into_iter().map(|shape| (shape, shape.distance_m(point)));
        let (shape, metres) = nearest.min_by(|a, b| a.1.total_cmp(&b.1))?;
        (metres <= f64::from(NEAR_M_MAX)).then_some((&*shape.code, Within::Near(metres.round() as u32)))
    }

    /// For the map: simplified, with a point for the name that lies inside.
    #[must_use]
    pub fn view(&self) -> Vec<BoundaryView> {
        self.shapes().map(outline::view).collect()
    }
}

impl City {
    /// The kelurahan of a point: by its boundaries, or by the nearest middle in a city without any.
    #[must_use]
    pub fn village_at(&self, lat: f64, lng: f64) -> Option<(&crate::city::Village, Within)> {
        if self.boundaries().is_empty() {
            return self.nearest_village(lat, lng).map(|(village, metres)| (village, Within::Near(metres)));
        }
        let (code, within) = self.boundaries().at(lat, lng)?;
        self.village_by_code(code).map(|village| (village, within))
    }
}

#[cfg(test)]
mod tests;
