//! A boundary as the map draws it: fewer points, and where its name stands.

use super::{DEGREE_M, Point, Shape, side_m};
use crate::view::map::BoundaryView;

/// A point nearer than this (m) to the line without it is left out: half a pixel of a city that fills the screen.
const TOLERANCE_M: f64 = 8.0;
/// Lines that are laid through a shape in search of its widest place.
const SCANS: u32 = 24;

pub(super) fn view(shape: &Shape) -> BoundaryView {
    let rings: Vec<Vec<[f64; 2]>> = shape
        .rings()
        .map(|ring| simplified(ring).into_iter().map(|(lng, lat)| [rounded(lng), rounded(lat)]).collect::<Vec<_>>())
        .filter(|ring| ring.len() >= 3)
        .collect();
    let (lng, lat) = name_point(shape);
    BoundaryView { code: shape.code.clone(), rings, lat: rounded(lat), lng: rounded(lng) }
}

/// Five digits: a metre.
fn rounded(degrees: f64) -> f64 {
    (degrees * 1e5).round() / 1e5
}

/// Douglas and Peucker, on both halves of a ring.
fn simplified(ring: &[Point]) -> Vec<Point> {
    if ring.len() < 5 {
        return ring.to_vec();
    }
    let from = ring[0];
    let away = |point: &Point| ((point.0 - from.0) * DEGREE_M).hypot((point.1 - from.1) * DEGREE_M);
    let far = (0..ring.len()).max_by(|a, b| away(&ring[*a]).total_cmp(&away(&ring[*b]))).unwrap_or_default();
    let closed: Vec<Point> = ring.iter().copied().chain([from]).collect();
    let mut kept = vec![false; closed.len()];
    (kept[0], kept[far]) = (true, true);
    keep(&closed, 0, far, &mut kept);
    keep(&closed, far, closed.len() - 1, &mut kept);
    closed.iter().zip(kept).filter(|(_, kept)| *kept).map(|(point, _)| *point).collect()
}

fn keep(points: &[Point], first: usize, last: usize, kept: &mut [bool]) {
    // a stack, not recursion: a coast may have a hundred thousand points
    let mut open = vec![(first, last)];
    while let Some((first, last)) = open.pop() {
        let farthest = (first + 1..last)
            .map(|at| (at, side_m(points[at], points[first], points[last])))
            .max_by(|a, b| a.1.total_cmp(&b.1));
        if let Some((at, metres)) = farthest.filter(|(_, metres)| *metres > TOLERANCE_M) {
            kept[at] = true;
            open.extend([(first, at), (at, last)]);
            debug_assert!(metres.is_finite());
        }
    }
}

/// The middle of the widest place: it lies inside, which the centre of gravity need not.
fn name_point(shape: &Shape) -> Point {
    let frame = shape.frame();
    let mut best = (0.0, ((frame.west + frame.east) / 2.0, (frame.south + frame.north) / 2.0));
    for scan in 1..SCANS {
        let lat = frame.south + (frame.north - frame.south) * f64::from(scan) / f64::from(SCANS);
        let mut cuts: Vec<f64> = shape
            .rings()
            .flat_map(|ring| super::sides(ring))
            .filter(|(a, b)| (a.1 > lat) != (b.1 > lat))
            .map(|(a, b)| (b.0 - a.0) * (lat - a.1) / (b.1 - a.1) + a.0)
            .collect();
        cuts.sort_by(f64::total_cmp);
        for pair in cuts.chunks_exact(2) {
            // near the middle of its height a name stands better
            let middle = 1.0 - (f64::from(scan) / f64::from(SCANS) - 0.5).abs();
            let width = (pair[1] - pair[0]) * middle;
            if width > best.0 {
                best = (width, ((pair[0] + pair[1]) / 2.0, lat));
            }
        }
    }
    best.1
}
