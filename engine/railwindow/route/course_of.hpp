#pragma once
// Path -> courses. Physics gets one course for each direction run: a reversal ends one and begins the next.

#include <railwindow/route/path.hpp>
#include <railwindow/train/course.hpp>

#include <span>
#include <vector>

namespace railwindow {

/// What a piece of a course is made of: its gradient is mean + intensity x wave.
struct PieceGradient {
    std::size_t step = 0;  ///< of the path
    double mean = 0;       ///< from the heights of the section's ends
    double wave = 0;       ///< alternating rise and fall that the ruling gradient allows
};

/// How a train changes direction where a course ends. Back over the track that it came on, its head is at its other end then. From one line to
/// another it first runs on until its tail is clear of the junction, where its new head then stands.
enum class Turn { none, same_track, past_junction };

/// What is run in one direction: steps `first` to `last` (exclusive) of the path.
struct Stage {
    std::size_t first = 0;                 ///< step of the path where it begins
    std::size_t last = 0;                  ///< the step behind its end
    Course course;                         ///< its pieces' `pace` is the index of the step within the path; gradients are the means
    std::vector<PieceGradient> gradients;  ///< by piece
    std::vector<CourseOffset> begins;      ///< where each step begins, then where the last one ends: behind it a train may run on to turn
    Turn turn = Turn::none;                ///< how the train turns at its end; none: it is the last
};

/// The path's stages, in order: a reversal ends one. `waves[i]` is the length of one rise and fall assumed on step i, or 0 for none:
/// a section is cut into an even number of half waves, so that its ends keep their heights. `longest` is the length of the longest train that is
/// to turn: level track of the last section's limit, for it to clear a junction.
std::vector<Stage> stages_of(const Network& network, const Path& path, std::span<const Length> waves = {}, Length longest = {});

}  // namespace railwindow
