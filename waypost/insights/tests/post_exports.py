"""Exports of posts as the networks' own tools write them, all about the same two posts."""

# ruff: noqa: E501 - lines as the tools write them

META = """Post ID,Account ID,Account username,Account name,Description,Duration (sec),Publish time,Permalink,Post type,Data comment,Date,Views,Reach,Likes,Shares,Follows,Comments,Saves
17990001112223334,178414,svit,Svit,"Kako nastane sveča – 30 sekund iz dimnice. Brez parafina.",30,09/03/2026 09:30,https://www.instagram.com/p/DAbc123xyz/,IG reel,,Lifetime,4100,3300,301,21,4,26,44
17990001112223335,178414,svit,Svit,"Pet znakov, da je vosek pristen",0,09/15/2026 10:00,https://www.instagram.com/p/DAbc123xzz/,IG carousel,,Lifetime,2900,2500,188,22,2,14,71
"""
X = """Post id,Date,Post text,Post Link,Impressions,Likes,Engagements,Bookmarks,Shares,New follows,Replies,Reposts,Profile visits,Detail Expands,URL Clicks
1830000000000000001,"Thu, Sep 3, 2026",Kako nastane sveča – 30 sekund iz dimnice,https://x.com/svit/status/1830000000000000001,4100,301,392,44,21,4,26,8,3,9,12
1830000000000000002,"Tue, Sep 15, 2026","Pet znakov, da je vosek pristen",https://x.com/svit/status/1830000000000000002,2900,188,295,71,22,2,14,5,3,9,7
"""
LINKEDIN = """Aggregated performance of all posts,,,,,,,
Post title,Post link,Post type,Created date,Impressions,Clicks,Likes,Comments,Reposts
Kako nastane sveča – 30 sekund iz dimnice,https://www.linkedin.com/feed/update/urn:li:share:7100000000000000001,Organic,09/03/2026,4100,12,301,26,21
"Pet znakov, da je vosek pristen",https://www.linkedin.com/feed/update/urn:li:share:7100000000000000002,Organic,09/15/2026,2900,7,188,14,22
"""
TIKTOK = """Video title,Video link,Post time,Total likes,Total comments,Total shares,Total views
Kako nastane sveča – 30 sekund iz dimnice,https://www.tiktok.com/@svit/video/7400000000000000001,2026-09-03,301,26,21,4100
"Pet znakov, da je vosek pristen",https://www.tiktok.com/@svit/video/7400000000000000002,2026-09-15,188,14,22,2900
"""
YOUTUBE = """Content,Video title,Video publish time,Duration,Views,Watch time (hours),Subscribers,Impressions,Likes
Total,,,,7000,60.1,9,90000,489
dQabc123xyz,Kako nastane sveča – 30 sekund iz dimnice,"Sep 3, 2026",30,4100,31.2,5,52000,301
dQabc123xzz,"Pet znakov, da je vosek pristen","Sep 15, 2026",45,2900,28.9,4,38000,188
"""
PINTEREST = """Pin ID,Pin link,Title,Impressions,Engagement,Pin clicks,Outbound clicks,Saves
9123456789012345,https://www.pinterest.com/pin/9123456789012345/,Kako nastane sveča – 30 sekund iz dimnice,4100,80,30,12,44
9123456789012346,https://www.pinterest.com/pin/9123456789012346/,"Pet znakov, da je vosek pristen",2900,60,20,7,71
"""
FILES = {
    "Meta": META,
    "X": X,
    "LinkedIn": LINKEDIN,
    "TikTok": TIKTOK,
    "YouTube": YOUTUBE,
    "Pinterest": PINTEREST,
}
GUESSED = {
    "Meta": {
        "Post ID": "remote_id",
        "Account username": "channel",
        "Description": "text",
        "Publish time": "time",
        "Permalink": "address",
        "Views": "views",
        "Reach": "reach",
        "Likes": "likes",
        "Shares": "shares",
        "Comments": "comments",
        "Saves": "saves",
    },
    "X": {
        "Post id": "remote_id",
        "Date": "time",
        "Post text": "text",
        "Post Link": "address",
        "Impressions": "impressions",
        "Likes": "likes",
        "Bookmarks": "saves",
        "Shares": "shares",
        "Replies": "comments",
        "URL Clicks": "link_clicks",
    },
    "LinkedIn": {
        "Post title": "text",
        "Post link": "address",
        "Created date": "time",
        "Impressions": "impressions",
        "Clicks": "link_clicks",
        "Likes": "likes",
        "Comments": "comments",
        "Reposts": "shares",
    },
    "TikTok": {
        "Video title": "text",
        "Video link": "address",
        "Post time": "time",
        "Total likes": "likes",
        "Total comments": "comments",
        "Total shares": "shares",
        "Total views": "views",
    },
    "YouTube": {
        "Content": "remote_id",
        "Video title": "text",
        "Video publish time": "time",
        "Views": "views",
        "Impressions": "impressions",
        "Likes": "likes",
    },
    "Pinterest": {
        "Pin ID": "remote_id",
        "Pin link": "address",
        "Title": "text",
        "Impressions": "impressions",
        "Outbound clicks": "link_clicks",
        "Saves": "saves",
    },
}
"""What each column means, where it means anything."""
