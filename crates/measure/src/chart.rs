//! Charts as SVG that stands inside a page: text in the color of the page's
//! text, lines in colors that are seen on light and on dark alike.

use crate::number;
use anyhow::{Result, anyhow, ensure};
use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

/// A line of a growth chart: a title, and points above zero.
pub struct Line<'a> {
    pub title: &'a str,
    pub points: Vec<(f64, f64)>,
}

/// A group of bars: a title with the unit, and a bar for each row.
pub struct Bars {
    pub title: String,
    pub values: Vec<f64>,
}

/// Replaced by the color of the page's text; no line has it.
const TEXT: RGBColor = RGBColor(1, 2, 3);
/// At least 3:1 against white and against the dark page, as WCAG 1.4.11 asks
/// of graphics. Each line has its name where it ends.
const COLORS: [RGBColor; 4] = [
    RGBColor(0x2a, 0x86, 0xc0),
    RGBColor(0xcf, 0x5f, 0x14),
    RGBColor(0x4f, 0x8f, 0x3a),
    RGBColor(0xa8, 0x58, 0xb0),
];
const WIDTH: u32 = 480;
/// Of all text, in units of the drawing: legible where a phone shrinks it.
const FONT: i32 = 18;

/// How figures grow, on two logarithmic axes.
pub fn growth(lines: &[Line<'_>], across: &str, upward: &str) -> Result<String> {
    let points = || lines.iter().flat_map(|line| &line.points);
    ensure!(points().count() > 0, "there is nothing to draw");
    ensure!(
        points().all(|(x, y)| *x > 0.0 && *y > 0.0),
        "a logarithmic axis has no place for zero"
    );
    let (left, right) = decades(points().map(|point| point.0));
    let (bottom, top) = decades(points().map(|point| point.1));
    drawing(320, |area| {
        let mut chart = ChartBuilder::on(area)
            .margin(10)
            .margin_top(26)
            .margin_right(30)
            .x_label_area_size(50)
            .y_label_area_size(84)
            .build_cartesian_2d((left..right).log_scale(), (bottom..top).log_scale())?;
        let text = font().color(&TEXT);
        chart
            .configure_mesh()
            .max_light_lines(0)
            .bold_line_style(TEXT.mix(0.15))
            .axis_style(TEXT.mix(0.6))
            .x_desc(across)
            .y_desc(upward)
            .label_style(text.clone())
            .axis_desc_style(text)
            .x_label_formatter(&|x| number::rounded(*x))
            .y_label_formatter(&|y| number::rounded(*y))
            .draw()?;
        let mut names: Vec<(i32, i32)> = Vec::new();
        for (line, color) in lines.iter().zip(COLORS.iter().cycle()) {
            chart.draw_series(LineSeries::new(line.points.clone(), color.stroke_width(2)))?;
            let dot = |point: &(f64, f64)| Circle::new(*point, 4, color.filled());
            chart.draw_series(line.points.iter().map(dot))?;
            if let Some(last) = line.points.last() {
                let (right, end) = chart.backend_coord(last);
                // Above the line's end, or below it where no other name is.
                let is_free = |height: &i32| {
                    !names.iter().any(|(x, y): &(i32, i32)| {
                        (x - right).abs() < 150 && (y - height).abs() < 18
                    })
                };
                let mut heights = std::iter::once(end - 16).chain((end + 50..).step_by(20));
                let height = heights.find(is_free).unwrap_or(end);
                names.push((right, height));
                let style = font().color(&TEXT).pos(Pos::new(HPos::Right, VPos::Center));
                let mark = [(right - 12, height), (right, height)];
                area.draw(&PathElement::new(mark, color.stroke_width(4)))?;
                area.draw(&Text::new(
                    line.title.to_owned(),
                    (right - 18, height),
                    style,
                ))?;
            }
        }
        Ok(())
    })
}

/// Groups of bars, one under the other; each group has a scale of its own.
pub fn bars(groups: &[Bars], rows: &[&str]) -> Result<String> {
    let height = 34 + 26 * u32::try_from(rows.len())?;
    let total = height * u32::try_from(groups.len())?;
    drawing(total, |area| {
        let areas = area.split_evenly((groups.len(), 1));
        for ((group, area), color) in groups.iter().zip(&areas).zip(COLORS.iter().cycle()) {
            group_of_bars(area, group, rows, color)?;
        }
        Ok(())
    })
}

/// Draws a group by hand: plotters' own axes have no place for names of rows.
fn group_of_bars(area: &Area<'_>, group: &Bars, rows: &[&str], color: &RGBColor) -> Result<()> {
    let named = |pos| font().color(&TEXT).pos(pos);
    let bold = TextStyle::from(("sans-serif", FONT, FontStyle::Bold));
    let title = bold.color(&TEXT).pos(Pos::new(HPos::Left, VPos::Center));
    area.draw(&Text::new(group.title.clone(), (4, 16), title))?;
    let names = 180;
    let room = f64::from(i32::try_from(WIDTH)? - names - 76);
    let most = group
        .values
        .iter()
        .copied()
        .fold(f64::MIN_POSITIVE, f64::max);
    for (index, (row, value)) in rows.iter().zip(&group.values).enumerate() {
        let middle = 44 + 26 * i32::try_from(index)?;
        let end = names + (value / most * room).round() as i32;
        let before = named(Pos::new(HPos::Right, VPos::Center));
        area.draw(&Text::new((*row).to_owned(), (names - 8, middle), before))?;
        let bar = [(names, middle - 8), (end.max(names + 1), middle + 8)];
        area.draw(&Rectangle::new(bar, color.filled()))?;
        let after = named(Pos::new(HPos::Left, VPos::Center));
        area.draw(&Text::new(
            number::rounded(*value),
            (end + 6, middle),
            after,
        ))?;
    }
    Ok(())
}

type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;

/// Makes an SVG element of what `fill` draws.
fn drawing(height: u32, fill: impl FnOnce(&Area<'_>) -> Result<()>) -> Result<String> {
    let mut svg = String::new();
    let area = SVGBackend::with_string(&mut svg, (WIDTH, height)).into_drawing_area();
    fill(&area)?;
    area.present()?;
    drop(area);
    // The page gives the size; a drawing knows only its proportions.
    let start = svg
        .find("<svg")
        .ok_or_else(|| anyhow!("plotters drew no SVG"))?;
    let svg = svg[start..]
        .replacen(&format!("width=\"{WIDTH}\" height=\"{height}\" "), "", 1)
        .replace("#010203", "currentColor");
    // A blank line would end the element for a Markdown parser.
    let lines: Vec<&str> = svg.lines().filter(|line| !line.trim().is_empty()).collect();
    Ok(lines.join("\n") + "\n")
}

fn font() -> TextStyle<'static> {
    TextStyle::from(("sans-serif", FONT))
}

/// The powers of ten around all values, at least one decade apart.
fn decades(values: impl Iterator<Item = f64> + Clone) -> (f64, f64) {
    let least = values.clone().fold(f64::MAX, f64::min);
    let most = values.fold(f64::MIN_POSITIVE, f64::max);
    let bottom = least.log10().floor();
    let top = most.log10().ceil().max(bottom + 1.0);
    (10f64.powf(bottom), 10f64.powf(top))
}
