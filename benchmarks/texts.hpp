// What programs read: whole files, and texts as programs.py writes them: sizes, in eight bytes in the
// machine's order, and UTF-8.
#pragma once

#include <cstdint>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

inline std::string read_file(const char* path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

inline std::vector<std::string> read_texts(const char* path) {
    std::ifstream file(path, std::ios::binary);
    std::vector<std::string> texts;
    for (std::uint64_t size = 0; file.read(reinterpret_cast<char*>(&size), sizeof size);) {
        texts.emplace_back(size, '\0');
        file.read(texts.back().data(), static_cast<std::streamsize>(size));
    }
    return texts;
}
